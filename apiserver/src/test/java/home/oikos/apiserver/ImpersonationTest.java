package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.*;

import home.oikos.api.Json;
import home.oikos.http.LocalRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImpersonationTest {
    private final RbacView view = new RbacView();
    private User requestor = User.of("ann", "system:authenticated");
    private final AuthFilters filters = new AuthFilters((request, response, next) -> {
        request.attribute(User.class, requestor);
        next.handle(request, response);
    }, new ImpersonationFilter(new RbacAuthorizer(view)));

    private static LocalRequest pods() {
        return LocalRequest.of("GET", "/api/v1/namespaces/home/pods");
    }

    private void annMay(String... rules) {
        view.set("clusterroles", "", "r", Json.parse("{\"rules\":[" + String.join(",", rules) + "]}"));
        view.set("clusterrolebindings", "", "b", Json.parse(
                "{\"metadata\":{\"name\":\"b\"},\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"r\"},\"subjects\":[{\"kind\":\"User\","
                        + "\"name\":\"ann\"}]}"));
        view.publish();
    }

    private static String rule(String verb, String group, String resource, String... names) {
        return Json.of(Map.of("verbs", List.of(verb), "apiGroups", List.of(group), "resources", List.of(resource), "resourceNames",
                List.of(names))).toString();
    }

    @Test
    void withoutHeadersNothingChanges() throws IOException {
        assertEquals("ann", filters.user(pods()).name());
    }

    @Test
    void withoutAnyRightTheNarrowestModeRefuses() throws IOException {
        assertEquals("pods is forbidden: User \"ann\" cannot impersonate-on:user-info:list resource \"pods\" in API group \"\" in the "
                + "namespace \"home\"",
                filters.refusal(pods().with("Impersonate-User", "jane")).at("message").text(""));
        assertTrue(filters.refusal(pods().with("Impersonate-User", "system:serviceaccount:home:robot")).at("message").text("")
                .contains("cannot impersonate-on:serviceaccount:list resource"));
    }

    @Test
    void masterIsSeenAsWhoeverIsAskedForWithEverythingSaid() throws IOException {
        requestor = User.of("root", "system:masters");
        var jane = filters.user(pods().with("Impersonate-User", "jane").with("Impersonate-Group", "devs").with("Impersonate-Uid", "u-1")
                .with("Impersonate-Extra-Scopes", "one").with("Impersonate-Extra-acme.com%2Fproject", "x"));
        assertEquals(new User("jane", "u-1", List.of("devs", "system:authenticated"), Map.of("scopes", List.of("one"), "acme.com/project",
                List.of("x"))), jane);
        assertEquals(List.of("system:serviceaccounts", "system:serviceaccounts:home", "system:authenticated"),
                filters.user(pods().with("Impersonate-User", "system:serviceaccount:home:robot")).groups());
        assertEquals(List.of("system:unauthenticated"), filters.user(pods().with("Impersonate-User", "system:anonymous")).groups());
    }

    @Test
    void legacyRightOnAUserDoesNotGiveGroups() throws IOException {
        annMay(rule("impersonate", "", "users", "jane"));
        assertEquals("jane", filters.user(pods().with("Impersonate-User", "jane")).name());
        assertEquals(403, filters.status(pods().with("Impersonate-User", "jack")));
        assertEquals(403, filters.status(pods().with("Impersonate-User", "jane").with("Impersonate-Group", "system:masters")));
        assertEquals(403, filters.status(pods().with("Impersonate-User", "jane").with("Impersonate-Uid", "1")));
        assertEquals(403, filters.status(pods().with("Impersonate-User", "jane").with("Impersonate-Extra-Scopes", "1")));
    }

    @Test
    void constrainedRightHoldsForTheVerbsItNamesOnly() throws IOException {
        annMay(rule("impersonate:user-info", "authentication.k8s.io", "users", "jane"), rule("impersonate-on:user-info:list", "", "pods"));
        assertEquals("jane", filters.user(pods().with("Impersonate-User", "jane")).name());
        assertEquals(403, filters.status(LocalRequest.of("DELETE", "/api/v1/namespaces/home/pods").with("Impersonate-User", "jane")));
        assertEquals(403, filters.status(LocalRequest.of("GET", "/api/v1/namespaces/home/secrets").with("Impersonate-User", "jane")));
        assertEquals(403, filters.status(pods().with("Impersonate-User", "jack")));
    }

    @Test
    void constrainedRightNeverMakesAMaster() throws IOException {
        annMay(rule("impersonate:user-info", "authentication.k8s.io", "users"), rule("impersonate:user-info", "authentication.k8s.io",
                "groups"),
                rule("impersonate-on:user-info:list", "", "pods"));
        assertEquals(List.of("devs", "system:authenticated"), filters.user(pods().with("Impersonate-User", "j").with("Impersonate-Group",
                "devs")).groups());
        assertEquals("groups.authentication.k8s.io is forbidden: User \"ann\" cannot impersonate:user-info resource \"groups\" in API group "
                + "\"authentication.k8s.io\" at the cluster scope: impersonating the system:masters group is not allowed",
                filters.refusal(pods().with("Impersonate-User", "j").with("Impersonate-Group", "system:masters")).at("message").text(""));
    }

    @Test
    void podMayActAsItsOwnNodeOnlyWhereThatIsGranted() throws IOException {
        annMay(rule("impersonate:associated-node", "authentication.k8s.io", "nodes"), rule("impersonate-on:associated-node:list", "",
                "pods"));
        view.set("clusterrolebindings", "", "b", Json.parse("""
                {"metadata":{"name":"b"},"roleRef":{"kind":"ClusterRole","name":"r"},
                "subjects":[{"kind":"ServiceAccount","namespace":"home","name":"agent"}]}"""));
        view.publish();
        requestor = new User("system:serviceaccount:home:agent", "", List.of(), Map.of("authentication.kubernetes.io/node-name",
                List.of("pi")));
        assertEquals(List.of("system:nodes", "system:authenticated"), filters.user(pods().with("Impersonate-User",
                "system:node:pi")).groups());
        assertEquals(403, filters.status(pods().with("Impersonate-User", "system:node:other")));
    }

    @Test
    void groupsWithoutAUserAreABadRequest() throws IOException {
        var refusal = filters.refusal(pods().with("Impersonate-Group", "devs"));
        assertEquals("requested &user.DefaultInfo{Name:\"\", UID:\"\", Groups:[]string{\"devs\"}, Extra:map[string][]string(nil)} without "
                + "impersonating a user name",
                refusal.at("message").text(""));
        assertEquals(400, refusal.at("code").integer(0));
    }
}
