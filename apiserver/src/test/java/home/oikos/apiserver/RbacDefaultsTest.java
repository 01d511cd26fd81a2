package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.*;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class RbacDefaultsTest {
    private final RbacDefaults defaults = RbacDefaults.builtIn();

    private JsonObject role(String name) {
        return defaults.roles().stream().filter(each -> each.at("metadata", "name").text("").equals(name)).findFirst().orElseThrow();
    }

    private boolean may(String role, String verb, String group, String resource) {
        return RbacRule.all(role(role).at("rules")).stream().anyMatch(rule -> rule.matches(RbacAuthorizerTest.call(verb, group, "home",
                resource, "x")));
    }

    @Test
    void viewEditAndAdminContainOneAnotherAndEachEndsSomewhere() {
        for (var role : List.of("view", "edit", "admin")) assertTrue(may(role, "get", "", "pods"), role);
        assertFalse(may("view", "get", "", "secrets"), "who may only look sees no secrets");
        assertFalse(may("view", "create", "apps", "deployments"));
        assertTrue(may("edit", "create", "apps", "deployments"));
        assertFalse(may("edit", "create", "rbac.authorization.k8s.io", "roles"));
        assertTrue(may("admin", "create", "rbac.authorization.k8s.io", "roles"));
        assertFalse(may("admin", "create", "", "nodes"));
    }

    @Test
    void kindsOfTheHomeAreInTheRolesOfPeople() {
        assertTrue(may("view", "watch", "oikos.home", "devices"));
        assertFalse(may("view", "patch", "oikos.home", "devices"));
        assertTrue(may("edit", "patch", "oikos.home", "devices"));
        assertFalse(may("edit", "patch", "oikos.home", "devices/status"), "only what drives a device says how it is");
    }

    @Test
    void notationHasGroupsNamesLabelsAndPaths() {
        var parsed = RbacDefaults.parse("""
                # a comment
                r  label(aggregate-to-x)
                  get list : core/apps : pods deployments names a b
                  get : /x /y/*

                b: r -> Group g, ServiceAccount ns/sa
                """);
        assertEquals(Json.parse("[{\"verbs\":[\"get\",\"list\"],\"apiGroups\":[\"\",\"apps\"],\"resources\":[\"pods\",\"deployments\"],"
                + "\"resourceNames\":[\"a\",\"b\"]},"
                + "{\"verbs\":[\"get\"],\"nonResourceURLs\":[\"/x\",\"/y/*\"]}]"), parsed.roles().getFirst().at("rules"));
        assertEquals("true", parsed.roles().getFirst().at("metadata", "labels", "rbac.authorization.k8s.io/aggregate-to-x").text(""));
        assertEquals(Json.parse("[{\"kind\":\"Group\",\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":\"g\"},"
                + "{\"kind\":\"ServiceAccount\",\"name\":\"sa\",\"namespace\":\"ns\"}]"),
                parsed.bindings().getFirst().at("subjects"));
    }

    @Test
    void anonymousIsBoundToHealthAndVersionOnly() {
        var bound = defaults.bindings().stream().filter(binding -> binding.at("subjects").toString().contains("system:unauthenticated"))
                .toList();
        assertEquals(List.of("system:public-info-viewer"), bound.stream().map(binding -> binding.at("roleRef", "name").text("")).toList());
        var rules = RbacRule.all(role("system:public-info-viewer").at("rules"));
        assertEquals(List.of("/healthz", "/livez", "/readyz", "/version", "/version/"), rules.getFirst().nonResourceUrls());
        assertEquals(1, rules.size());
    }

    @Test
    void onlyMastersAreBoundToEverything() {
        var bound = defaults.bindings().stream().filter(binding -> binding.at("roleRef", "name").text("").equals("cluster-admin")).toList();
        assertEquals("[{\"kind\":\"Group\",\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":\"system:masters\"}]", bound.getFirst()
                .at("subjects").toString());
        assertEquals(1, bound.size());
    }
}
