package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.*;

import home.oikos.api.Json;
import home.oikos.http.LocalRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holes that others have had, asked of the whole server; each test names where it comes from.
class SecurityEndToEndTest {
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";
    private SecureApi api;

    @TempDir
    Path directory;

    @BeforeEach
    void start() throws Exception {
        api = new SecureApi(directory, Optional.of(AuditLog.open(directory.resolve("audit"))));
        for (var name : List.of("home", "media")) api.create("/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + name + "\"}}");
        account("default");
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
    }

    /// What a controller does in a cluster.
    private void account(String name) throws Exception {
        api.create("/api/v1/namespaces/home/serviceaccounts", "{\"metadata\":{\"name\":\"" + name + "\"}}");
    }

    private void role(String namespace, String name, String rules) throws Exception {
        api.create(RBAC + "/namespaces/" + namespace + "/roles", "{\"metadata\":{\"name\":\"%s\"},\"rules\":%s}".formatted(name, rules));
    }

    private void bind(String namespace, String name, String user) throws Exception {
        api.create(RBAC + "/namespaces/" + namespace + "/rolebindings", """
                {"metadata":{"name":"%1$s"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"%1$s"},
                 "subjects":[{"kind":"User","apiGroup":"rbac.authorization.k8s.io","name":"%2$s"}]}""".formatted(name, user));
    }

    private static final String KEEPER = """
            [{"apiGroups":["rbac.authorization.k8s.io"],"resources":["roles","rolebindings"],"verbs":["get","create","update","patch",
            "delete"]},
             {"apiGroups":[""],"resources":["pods"],"verbs":["get","list"]}]""";

    @Test
    void anonymousReachesHealthAndVersionOnly() throws Exception {
        for (var open : List.of("/healthz", "/livez", "/readyz", "/version")) assertEquals(200, api.answer(LocalRequest.of("GET", open))
                .status(), open);
        for (var closed : List.of("/", "/api", "/apis", "/metrics", "/openapi/v3", "/api/v1/namespaces", "/openid/v1/jwks",
                "/apis/none/v1/things")) {
            assertEquals(403, api.answer(LocalRequest.of("GET", closed)).status(), closed);
        }
        assertEquals(403, api.answer(SecureApi.request("POST", "/api/v1/namespaces", "{}")).status());
    }

    @Test
    void rightsInOneNamespaceEndThere() throws Exception {
        role("home", "reader", "[{\"apiGroups\":[\"\"],\"resources\":[\"secrets\"],\"verbs\":[\"*\"]}]");
        bind("home", "reader", "kim");
        assertEquals(200, api.as("kim", "GET", "/api/v1/namespaces/home/secrets", "").status());
        for (var path : List.of("/api/v1/secrets", "/api/v1/namespaces/media/secrets", "/api/v1/watch/secrets",
                "/api/v1/watch/namespaces/media/secrets",
                "/api/v1/namespaces//secrets", "/api/v1/namespaces/home%2F..%2Fmedia/secrets", "/api/v1/namespaces/home/../media/secrets",
                "/api//v1/namespaces/media/secrets", "/api/v1/namespaces/media/secrets/",
                        "/api/v1/namespaces/home/secrets/../../media/secrets/s")) {
            var answer = api.as("kim", "GET", path, "");
            assertTrue(answer.status() == 403 || answer.status() == 404, path + " gave " + answer);
        }
    }

    @Test
    void oneNameMayBeWatchedButNotMore() throws Exception {
        role("home", "one", "[{\"apiGroups\":[\"\"],\"resources\":[\"configmaps\"],\"verbs\":[\"list\",\"watch\"],"
                + "\"resourceNames\":[\"mine\"]}]");
        bind("home", "one", "kim");
        var maps = "/api/v1/namespaces/home/configmaps";
        assertEquals(200, api.as("kim", "GET", maps + "?fieldSelector=metadata.name%3Dmine", "").status());
        assertEquals(200, api.as("kim", "GET", maps + "?watch=1&fieldSelector=metadata.name%3Dmine", "").status());
        for (var query : List.of("", "?fieldSelector=metadata.name%3Dother", "?fieldSelector=metadata.name!%3Dmine",
                "?fieldSelector=metadata.name%3Dmine%2F..",
                "?fieldSelector=x&fieldSelector=metadata.name%3Dmine", "?watch=1")) {
            assertEquals(403, api.as("kim", "GET", maps + query, "").status(), query);
        }
    }

    /// A WebSocket opens with GET, so the right to read once was a shell.
    @Test
    void whoMayOnlyReadGetsIntoNoContainer() throws Exception {
        role("home", "reads", "[{\"apiGroups\":[\"\"],\"resources\":[\"*\"],\"verbs\":[\"get\",\"list\",\"watch\"]}]");
        bind("home", "reads", "kim");
        for (var subresource : List.of("exec", "attach", "portforward")) {
            var answer = api.as("kim", "GET", "/api/v1/namespaces/home/pods/p/" + subresource + "?command=sh", "");
            assertEquals("pods \"p\" is forbidden: User \"kim\" cannot create resource \"pods/" + subresource
                    + "\" in API group \"\" in the namespace \"home\"", answer.message());
        }
        assertNotEquals(403, api.as("kim", "GET", "/api/v1/namespaces/home/pods/p/log", "").status());
    }

    @Test
    void eventsWithoutEndAreStopped() throws Exception {
        role("home", "tells", "[{\"apiGroups\":[\"\"],\"resources\":[\"events\"],\"verbs\":[\"create\"]}]");
        bind("home", "tells", "kim");
        var event = "{\"metadata\":{\"generateName\":\"e-\"},\"involvedObject\":{\"kind\":\"Pod\",\"namespace\":\"home\",\"name\":\"p\"},"
                + "\"reason\":\"x\",\"message\":\"y\",\"type\":\"Normal\"}";
        SecureApi.Answer answer = null;
        for (int i = 0; i < 2_000 && (answer == null || answer.status() == 201); i++) answer = api.as("kim", "POST",
                "/api/v1/namespaces/home/events", event);
        assertEquals(429, answer.status(), answer.toString());
        assertEquals(201, api.admin("POST", "/api/v1/namespaces/home/events", event).status(), "others still tell");
    }

    /// CVE-2022-3162: a name with `..` read another resource of the same group.
    @Test
    void nameWithPathStepsReachesNoOtherResource() throws Exception {
        api.create("/api/v1/namespaces/home/secrets", "{\"metadata\":{\"name\":\"s\"},\"stringData\":{\"password\":\"x\"}}");
        role("home", "maps", "[{\"apiGroups\":[\"\"],\"resources\":[\"configmaps\"],\"verbs\":[\"*\"]}]");
        bind("home", "maps", "kim");
        for (var name : List.of("..%2F..%2Fsecrets%2Fhome%2Fs", "%2e%2e%2F%2e%2e%2Fsecrets%2Fhome%2Fs", "../../secrets/home/s",
                "..%5Csecrets")) {
            for (var method : List.of("GET", "DELETE")) {
                var answer = api.as("kim", method, "/api/v1/namespaces/home/configmaps/" + name, "");
                assertTrue(answer.status() >= 400 && answer.status() < 500, name + " gave " + answer);
            }
        }
        assertEquals(200, api.admin("GET", "/api/v1/namespaces/home/secrets/s", "").status());
    }

    /// CVE-2019-11247: a namespaced path reached cluster-scoped objects with a namespace's rights.
    @Test
    void namespacedPathReachesNoClusterScopedObject() throws Exception {
        role("home", "all", "[{\"apiGroups\":[\"*\"],\"resources\":[\"*\"],\"verbs\":[\"*\"]}]");
        bind("home", "all", "kim");
        for (var resource : List.of("/api/v1/namespaces/home/nodes", "/api/v1/namespaces/home/persistentvolumes", RBAC
                + "/namespaces/home/clusterroles",
                "/apis/apiextensions.k8s.io/v1/namespaces/home/customresourcedefinitions")) {
            var list = api.as("kim", "GET", resource, "");
            assertTrue(list.status() >= 400, resource + " gave " + list);
        }
        assertTrue(api.as("kim", "GET", RBAC + "/namespaces/home/clusterroles/cluster-admin", "").status() >= 400);
        assertTrue(api.as("kim", "DELETE", RBAC + "/namespaces/home/clusterroles/view", "").status() >= 400);
        assertTrue(api.as("kim", "POST", RBAC + "/namespaces/home/clusterrolebindings", """
                {"metadata":{"name":"me"},"roleRef":{"kind":"ClusterRole","name":"cluster-admin"},
                "subjects":[{"kind":"User","name":"kim"}]}""").status() >= 400);
        assertEquals(200, api.admin("GET", RBAC + "/clusterroles/view", "").status());
    }

    @Test
    void nobodyGrantsMoreThanTheyHold() throws Exception {
        role("home", "keeper", KEEPER);
        bind("home", "keeper", "kim");
        var roles = RBAC + "/namespaces/home/roles";
        assertEquals(201, api.as("kim", "POST", roles,
                "{\"metadata\":{\"name\":\"less\"},\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"get\"]}]}")
                        .status());
        var more = api.as("kim", "POST", roles, """
                {"metadata":{"name":"more"},"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get","delete"]},
                {"apiGroups":[""],"resources":["secrets"],"verbs":["get"]}]}""");
        assertEquals(403, more.status());
        assertEquals("roles.rbac.authorization.k8s.io \"more\" is forbidden: user \"kim\" (groups=[\"system:authenticated\"]) is "
                + "attempting to grant RBAC permissions not currently held:\n"
                + "{APIGroups:[\"\"], Resources:[\"pods\"], Verbs:[\"delete\"]}\n{APIGroups:[\"\"], Resources:[\"secrets\"], "
                + "Verbs:[\"get\"]}", more.message());
        assertEquals(403, api.as("kim", "PATCH", roles + "/less",
                "{\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"*\"]}]}").status());
        assertEquals(200, api.as("kim", "PATCH", roles + "/less", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}").status(),
                "labels grant nothing");
    }

    @Test
    void nobodyBindsARoleTheyDoNotHoldUnlessTheyMayBindIt() throws Exception {
        role("home", "keeper", KEEPER);
        bind("home", "keeper", "kim");
        role("home", "secrets", "[{\"apiGroups\":[\"\"],\"resources\":[\"secrets\"],\"verbs\":[\"get\"]}]");
        var binding = "{\"metadata\":{\"name\":\"%s\"},\"roleRef\":{\"kind\":\"%s\",\"name\":\"%s\"},\"subjects\":[{\"kind\":\"User\","
                + "\"name\":\"kim\"}]}";
        var bindings = RBAC + "/namespaces/home/rolebindings";
        assertEquals(403, api.as("kim", "POST", bindings, binding.formatted("a", "Role", "secrets")).status());
        assertEquals(403, api.as("kim", "POST", bindings, binding.formatted("a", "ClusterRole", "cluster-admin")).status());
        assertEquals("rolebindings.rbac.authorization.k8s.io \"ghost\" not found", api.as("kim", "POST", bindings,
                binding.formatted("ghost", "Role", "ghost")).message());
        api.admin("PATCH", RBAC + "/namespaces/home/roles/keeper", """
                {"rules":[{"apiGroups":["rbac.authorization.k8s.io"],"resources":["rolebindings"],"verbs":["create"]},
                          {"apiGroups":["rbac.authorization.k8s.io"],"resources":["roles"],"resourceNames":["secrets"],"verbs":["bind"]}]}""");
        assertEquals(201, api.as("kim", "POST", bindings, binding.formatted("a", "Role", "secrets")).status());
        assertEquals(403, api.as("kim", "POST", bindings, binding.formatted("b", "ClusterRole", "cluster-admin")).status());
    }

    @Test
    void tokenIsGoodForItsAccountUntilThatIsDeleted() throws Exception {
        account("robot");
        var made = api.create("/api/v1/namespaces/home/serviceaccounts/robot/token", "{\"spec\":{\"expirationSeconds\":600}}");
        assertEquals(600, made.at("spec", "expirationSeconds").integer(0));
        assertEquals("https://kubernetes.default.svc", made.at("spec", "audiences").at(0).text(""));
        var token = made.at("status", "token").text("");
        var self = api.bearer(token, "POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}");
        assertEquals("system:serviceaccount:home:robot", self.body().at("status", "userInfo", "username").text(""));
        assertEquals(403, api.bearer(token, "GET", "/api/v1/namespaces/home/pods", "").status());
        var review = api.create("/apis/authentication.k8s.io/v1/tokenreviews", "{\"spec\":{\"token\":\"" + token + "\"}}");
        assertTrue(review.at("status", "authenticated").bool(false), review.toString());
        assertEquals(200, api.admin("DELETE", "/api/v1/namespaces/home/serviceaccounts/robot", "").status());
        assertEquals(401, api.bearer(token, "GET", "/api/v1/namespaces/home/pods", "").status());
        assertTrue(api.create("/apis/authentication.k8s.io/v1/tokenreviews", "{\"spec\":{\"token\":\"" + token + "\"}}").at("status",
                "authenticated").isNull());
    }

    @Test
    void tokenBoundToASecretLivesAsLongAsTheSecret() throws Exception {
        account("robot");
        api.create("/api/v1/namespaces/home/secrets", "{\"metadata\":{\"name\":\"s\"}}");
        var made = api.create("/api/v1/namespaces/home/serviceaccounts/robot/token", """
                {"spec":{"expirationSeconds":4000000000,"boundObjectRef":{"apiVersion":"v1","kind":"Secret","name":"s"}}}""");
        assertEquals(4_000_000_000L, made.at("spec", "expirationSeconds").integer(0L));
        var token = made.at("status", "token").text("");
        assertEquals(403, api.bearer(token, "GET", "/api/v1/namespaces/home/pods", "").status());
        assertEquals(200, api.admin("DELETE", "/api/v1/namespaces/home/secrets/s", "").status());
        assertEquals(401, api.bearer(token, "GET", "/api/v1/namespaces/home/pods", "").status());
    }

    @Test
    void tokenIsNotBoundToAForeignPodNorMadeForTooShortATime() throws Exception {
        account("robot");
        account("other");
        api.create("/api/v1/namespaces/home/pods",
                "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"serviceAccountName\":\"other\",\"containers\":[{\"name\":\"c\","
                        + "\"image\":\"i\"}]}}");
        var path = "/api/v1/namespaces/home/serviceaccounts/robot/token";
        assertEquals(400, api.admin("POST", path, "{\"spec\":{\"boundObjectRef\":{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"p\"}}}")
                .status());
        assertEquals(404, api.admin("POST", path, "{\"spec\":{\"boundObjectRef\":{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"q\"}}}")
                .status());
        assertEquals(400, api.admin("POST", path,
                "{\"spec\":{\"boundObjectRef\":{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"name\":\"q\"}}}").status());
        assertEquals("TokenRequest.authentication.k8s.io \"\" is invalid: spec.expirationSeconds: Invalid value: 30: may not specify a "
                + "duration less than 10 minutes",
                api.admin("POST", path, "{\"spec\":{\"expirationSeconds\":30}}").message());
        var long_ = api.create(path, "{\"spec\":{\"expirationSeconds\":4000000000}}");
        assertEquals(31_536_000, long_.at("spec", "expirationSeconds").integer(0));
    }

    @Test
    void reviewsAnswerWithoutStoringAnything() throws Exception {
        long before = api.store.revision();
        var masters = api.create("/apis/authorization.k8s.io/v1/subjectaccessreviews", """
                {"spec":{"user":"a","groups":["system:masters"],"resourceAttributes":{"namespace":"home","verb":"delete","resource":"pods"}}}""");
        assertEquals("{\"allowed\":true}", masters.at("status").toString());
        var nobody = api.as("jane", "POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", """
                {"spec":{"resourceAttributes":{"namespace":"home","verb":"get","resource":"pods"}}}""");
        assertEquals("{\"allowed\":false}", nobody.body().at("status").toString());
        var both = api.admin("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", """
                {"spec":{"resourceAttributes":{"verb":"get","resource":"pods"},"nonResourceAttributes":{"path":"/","verb":"get"}}}""");
        assertEquals(422, both.status());
        assertTrue(both.body().at("details", "kind").isNull());
        assertEquals("no namespace on request", api.admin("POST", "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
                "{\"spec\":{}}").message());
        var rules = api.as("jane", "POST", "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", "{\"spec\":{\"namespace\":\"home\"}}");
        assertTrue(rules.body().at("status", "resourceRules").array().stream().anyMatch(rule -> rule.at("resources")
                .at(0).text("").equals("selfsubjectaccessreviews")));
        assertEquals(before, api.store.revision());
        assertEquals(405, api.admin("GET", "/apis/authorization.k8s.io/v1/subjectaccessreviews", "").status());
    }

    @Test
    void defaultRolesGatherAndRoleOfAPersonGrowsWithWhatItGathers() throws Exception {
        var admin = api.admin("GET", RBAC + "/clusterroles/admin", "").body();
        assertTrue(admin.at("rules").array().stream().anyMatch(rule ->
                rule.at("resources").array().elements().contains(Json.of("rolebindings"))));
        assertTrue(admin.at("rules").array().stream().anyMatch(rule ->
                rule.at("resources").array().elements().contains(Json.of("pods/log"))), "through edit and view");
        api.create(RBAC + "/clusterroles",
                "{\"metadata\":{\"name\":\"agg\"},\"aggregationRule\":{\"clusterRoleSelectors\":[{\"matchLabels\":{\"to\":\"agg\"}}]},"
                        + "\"rules\":[]}");
        api.create(RBAC + "/clusterroles",
                "{\"metadata\":{\"name\":\"part\",\"labels\":{\"to\":\"agg\"}},\"rules\":[{\"apiGroups\":[\"apps\"],"
                        + "\"resources\":[\"deployments\"],\"verbs\":[\"*\"]}]}");
        while (api.admin("GET", RBAC + "/clusterroles/agg", "").body().at("rules").array().isEmpty()) Thread.onSpinWait();
        assertEquals("deployments", api.admin("GET", RBAC + "/clusterroles/agg", "").body().at("rules").at(0).at("resources")
                .at(0).text(""));
    }

    @Test
    void nodeReachesOnlyWhatItsPodsUse() throws Exception {
        api.create("/api/v1/namespaces/home/secrets", "{\"metadata\":{\"name\":\"used\"}}");
        api.create("/api/v1/namespaces/home/secrets", "{\"metadata\":{\"name\":\"other\"}}");
        api.create("/api/v1/namespaces/home/pods", """
                {"metadata":{"name":"p"},
                "spec":{"nodeName":"pi","containers":[{"name":"c","image":"i","envFrom":[{"secretRef":{"name":"used"}}]}]}}""");
        assertEquals(200, node("pi", "GET", "/api/v1/namespaces/home/secrets/used", ""));
        assertEquals(403, node("pi", "GET", "/api/v1/namespaces/home/secrets/other", ""));
        assertEquals(403, node("pi", "GET", "/api/v1/namespaces/home/secrets", ""));
        assertEquals(403, node("stranger", "GET", "/api/v1/namespaces/home/secrets/used", ""));
        assertEquals(201, node("pi", "POST", "/api/v1/nodes", "{\"metadata\":{\"name\":\"pi\"}}"));
        assertEquals(403, node("pi", "POST", "/api/v1/nodes", "{\"metadata\":{\"name\":\"another\"}}"));
        assertEquals(403, node("pi", "POST", "/api/v1/namespaces/home/pods",
                "{\"metadata\":{\"name\":\"q\"},\"spec\":{\"nodeName\":\"pi\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}"));
        assertEquals(403, node("stranger", "DELETE", "/api/v1/namespaces/home/pods/p", ""));
    }

    private int node(String name, String method, String path, String body) throws Exception {
        var certificate = api.authority.issueClient("system:node:" + name, List.of("system:nodes")).certificate();
        return api.answer(SecureApi.request(method, path, body).withCertificate(certificate)).status();
    }

    @Test
    void auditTellsWhoChangedWhatAndNoSecret() throws Exception {
        api.create("/api/v1/namespaces/home/secrets", "{\"metadata\":{\"name\":\"s\"},\"stringData\":{\"password\":\"hunter2\"}}");
        api.as("jane", "DELETE", "/api/v1/namespaces/home/secrets/s", "");
        api.as("jane", "GET", "/api/v1/namespaces/home/secrets/s", "");
        api.as("jane", "POST", "/api/v1/namespaces/home/pods/p/exec?command=rm&command=everything", "");
        api.answer(SecureApi.request("POST", "/api/v1/namespaces/home/secrets", "{}"));
        List<Json> lines = List.of();
        while (lines.size() < 6) lines = Files.readAllLines(directory.resolve("audit/audit.log")).stream().map(Json::parse).toList();
        assertEquals(6, lines.size(), "two namespaces, an account, a secret, a refused deletion and a refused exec");
        // A line is written once its answer has left, so two quick requests of one client may change places.
        var deletion = lines.stream().filter(line -> line.at("verb").text("").equals("delete")).findFirst().orElseThrow();
        assertEquals("delete secrets home/s 403 admin as jane", "%s %s %s/%s %d %s as %s".formatted(deletion.at("verb").text(""),
                deletion.at("objectRef", "resource").text(""),
                deletion.at("objectRef", "namespace").text(""), deletion.at("objectRef", "name").text(""), deletion.at("responseStatus",
                        "code").integer(0),
                deletion.at("user", "username").text(""), deletion.at("impersonatedUser", "username").text("")));
        var whole = Files.readString(directory.resolve("audit/audit.log"));
        assertFalse(whole.contains("hunter2") || whole.contains("everything"), whole);
    }
}
