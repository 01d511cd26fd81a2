package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.*;

import home.oikos.api.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RbacAuthorizerTest {
    private final RbacView view = new RbacView();
    private final RbacAuthorizer authorizer = new RbacAuthorizer(view);
    private static final User KIM = User.of("kim", "system:authenticated");

    private void role(String namespace, String name, String rules) {
        view.set(namespace.isEmpty() ? "clusterroles" : "roles", namespace, name,
                Json.parse("{\"metadata\":{\"name\":\"%s\"},\"rules\":%s}".formatted(name, rules)));
        view.publish();
    }

    private void bind(String namespace, String name, String kind, String role, String subject) {
        view.set(namespace.isEmpty() ? "clusterrolebindings" : "rolebindings", namespace, name, Json.parse("""
                {"metadata":{"name":"%s"},"roleRef":{"kind":"%s","name":"%s"},"subjects":[%s]}""".formatted(name, kind, role, subject)));
        view.publish();
    }

    private void kimMay(String rules) {
        role("home", "r", rules);
        bind("home", "b", "Role", "r", "{\"kind\":\"User\",\"name\":\"kim\"}");
    }

    static ApiCall call(String verb, String group, String namespace, String resource, String name) {
        int slash = resource.indexOf('/');
        return new ApiCall(true, verb, "", group, "v1", namespace, slash < 0 ? resource : resource.substring(0, slash),
                slash < 0 ? "" : resource.substring(slash + 1), name);
    }

    static ApiCall path(String verb, String path) {
        return new ApiCall(false, verb, path, "", "", "", "", "", "");
    }

    private boolean may(String verb, String group, String namespace, String resource, String name) {
        return authorizer.allows(KIM, call(verb, group, namespace, resource, name));
    }

    @Test
    void nobodyMayAnythingWithoutARuleButMastersMayAll() {
        assertFalse(may("get", "", "home", "pods", "p"));
        assertFalse(authorizer.allows(KIM, path("get", "/version")));
        assertTrue(authorizer.allows(User.of("x", "system:masters"), call("delete", "", "home", "secrets", "s")));
    }

    @Test
    void roleAllowsExactlyItsVerbsGroupsAndResourcesInItsNamespace() {
        kimMay("[{\"verbs\":[\"get\"],\"apiGroups\":[\"apps\"],\"resources\":[\"deployments\"]}]");
        assertTrue(may("get", "apps", "home", "deployments", "d"));
        assertFalse(may("list", "apps", "home", "deployments", ""));
        assertFalse(may("get", "", "home", "deployments", "d"));
        assertFalse(may("get", "apps", "home", "replicasets", "d"));
        assertFalse(may("get", "apps", "media", "deployments", "d"), "another namespace");
        assertFalse(may("get", "apps", "", "deployments", ""), "all namespaces");
        assertFalse(may("get", "apps", "home", "deployments/status", "d"), "a subresource is its own");
    }

    @Test
    void starsCoverEverythingAndSubresourceStarsOnlyTheirSubresource() {
        kimMay("[{\"verbs\":[\"*\"],\"apiGroups\":[\"*\"],\"resources\":[\"*/scale\"]}]");
        assertTrue(may("update", "apps", "home", "deployments/scale", "d"));
        assertFalse(may("update", "apps", "home", "deployments", "d"));
        assertFalse(may("update", "apps", "home", "deployments/status", "d"));
        kimMay("[{\"verbs\":[\"*\"],\"apiGroups\":[\"*\"],\"resources\":[\"*\"]}]");
        assertTrue(may("update", "apps", "home", "deployments/status", "d"));
        assertTrue(may("impersonate", "", "home", "serviceaccounts", "d"));
    }

    @Test
    void resourceNamesAllowThoseNamesOnlyAndNeverAWholeList() {
        kimMay("[{\"verbs\":[\"get\",\"list\",\"create\",\"deletecollection\"],\"apiGroups\":[\"\"],\"resources\":[\"configmaps\"],"
                + "\"resourceNames\":[\"mine\"]}]");
        assertTrue(may("get", "", "home", "configmaps", "mine"));
        assertFalse(may("get", "", "home", "configmaps", "other"));
        assertFalse(may("list", "", "home", "configmaps", ""));
        assertFalse(may("create", "", "home", "configmaps", ""));
        assertFalse(may("deletecollection", "", "home", "configmaps", ""));
        assertTrue(may("list", "", "home", "configmaps", "mine"), "a list by fieldSelector metadata.name is authorised by that name");
    }

    @Test
    void clusterRoleThroughARoleBindingStaysInTheNamespace() {
        role("", "reader", "[{\"verbs\":[\"get\"],\"apiGroups\":[\"\"],\"resources\":[\"secrets\",\"nodes\"]},{\"verbs\":[\"get\"],"
                + "\"nonResourceURLs\":[\"/metrics\"]}]");
        bind("home", "b", "ClusterRole", "reader", "{\"kind\":\"User\",\"name\":\"kim\"}");
        assertTrue(may("get", "", "home", "secrets", "s"));
        assertFalse(may("get", "", "media", "secrets", "s"));
        assertFalse(may("get", "", "", "nodes", "n"));
        assertFalse(authorizer.allows(KIM, path("get", "/metrics")));
    }

    @Test
    void pathsMatchWholeOrByPrefixStar() {
        role("", "paths", "[{\"verbs\":[\"get\"],\"nonResourceURLs\":[\"/healthz\",\"/private/*\"]}]");
        bind("", "b", "ClusterRole", "paths", "{\"kind\":\"Group\",\"name\":\"system:authenticated\"}");
        assertTrue(authorizer.allows(KIM, path("get", "/healthz")));
        assertFalse(authorizer.allows(KIM, path("post", "/healthz")));
        assertFalse(authorizer.allows(KIM, path("get", "/healthz/ping")));
        assertTrue(authorizer.allows(KIM, path("get", "/private/x/y")));
        assertFalse(authorizer.allows(KIM, path("get", "/private")));
        assertFalse(may("get", "", "", "nodes", "n"), "a path rule says nothing of resources");
    }

    @Test
    void serviceAccountSubjectIsItsUserAndTakesTheBindingsNamespace() {
        role("home", "r", "[{\"verbs\":[\"get\"],\"apiGroups\":[\"\"],\"resources\":[\"pods\"]}]");
        bind("home", "b", "Role", "r", "{\"kind\":\"ServiceAccount\",\"name\":\"robot\"}");
        var call = call("get", "", "home", "pods", "p");
        assertTrue(authorizer.allows(User.of("system:serviceaccount:home:robot"), call));
        assertFalse(authorizer.allows(User.of("system:serviceaccount:media:robot"), call));
        assertFalse(authorizer.allows(User.of("robot"), call));
    }

    @Test
    void userNamedLikeAGroupGainsNothing() {
        role("", "all", "[{\"verbs\":[\"*\"],\"apiGroups\":[\"*\"],\"resources\":[\"*\"]}]");
        bind("", "b", "ClusterRole", "all", "{\"kind\":\"Group\",\"name\":\"admins\"}");
        assertFalse(authorizer.allows(User.of("admins"), call("get", "", "", "nodes", "n")));
        assertFalse(authorizer.allows(User.of("system:masters"), call("get", "", "", "nodes", "n")));
    }

    @Test
    void reasonNamesBindingRoleAndSubject() {
        kimMay("[{\"verbs\":[\"get\"],\"apiGroups\":[\"\"],\"resources\":[\"pods\"]}]");
        assertEquals("RBAC: allowed by RoleBinding \"b/home\" of Role \"r\" to User \"kim\"",
                authorizer.authorize(KIM, call("get", "", "home", "pods", "p")).reason());
    }

    @Test
    void boundRoleThatDoesNotExistIsNamed() {
        bind("home", "b", "ClusterRole", "ghost", "{\"kind\":\"User\",\"name\":\"kim\"}");
        assertEquals("RBAC: clusterrole.rbac.authorization.k8s.io \"ghost\" not found",
                authorizer.authorize(KIM, call("get", "", "home", "pods", "p")).reason());
    }

    @Test
    void deletedBindingTakesTheRightsAwayAtTheNextPublish() {
        kimMay("[{\"verbs\":[\"get\"],\"apiGroups\":[\"\"],\"resources\":[\"pods\"]}]");
        assertTrue(may("get", "", "home", "pods", "p"));
        view.set("rolebindings", "home", "b", null);
        assertTrue(may("get", "", "home", "pods", "p"));
        view.publish();
        assertFalse(may("get", "", "home", "pods", "p"));
    }

    @Test
    void refusalsReadAsUpstreams() {
        assertEquals("deployments.apps \"d\" is forbidden: User \"kim\" cannot update resource \"deployments/scale\" in API group "
                + "\"apps\" in the namespace \"home\"",
                AuthorizationFilter.refusal(KIM, call("update", "apps", "home", "deployments/scale", "d"), "").getMessage());
        assertEquals("nodes is forbidden: User \"kim\" cannot list resource \"nodes\" in API group \"\" at the cluster scope: RBAC: x",
                AuthorizationFilter.refusal(KIM, call("list", "", "", "nodes", ""), "RBAC: x").getMessage());
        var path = AuthorizationFilter.refusal(new User("kim", "", List.of(), Map.of()), path("get", "/metrics"), "");
        assertEquals("forbidden: User \"kim\" cannot get path \"/metrics\"", path.getMessage());
        assertEquals("{}", path.status().toJson().at("details").toString());
    }
}
