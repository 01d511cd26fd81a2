package home.oikos.workloads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The controllers together: nodes, services, namespaces, stateful sets and daemons.
class ClusterTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aPodThatFitsNowhereIsScheduledWhenANodeComes() throws InterruptedException {
        pod("p", JsonObject.EMPTY, JsonObject.EMPTY);
        world.await(Resources.PODS, "n", "p",
                json -> json.at("status", "conditions").at(0).at("message").text("").equals("no nodes available to schedule pods"));
        world.node("a", "2");
        world.await(Resources.PODS, "n", "p", json -> json.at("spec", "nodeName").text("").equals("a"));
    }

    @Test
    void aServiceFollowsItsPods() throws InterruptedException {
        world.node("a", "2");
        world.create(Resources.SERVICES, "n", "s", "spec", JsonObject.of("selector", JsonObject.of("app", "s"),
                "ports", List.of(JsonObject.of("name", "http", "port", 80, "targetPort", "web"))));
        pod("p", JsonObject.of("app", "s"), JsonObject.of("ports", List.of(JsonObject.of("name", "web", "containerPort", 8080))));
        world.await(Resources.PODS, "n", "p", json -> json.at("spec", "nodeName").isPresent());
        world.ready(world.get(Resources.PODS, "n", "p"), false);
        var waiting = world.await(Resources.ENDPOINTS, "n", "s", json -> json.at("subsets").at(0).at("notReadyAddresses").isPresent());
        assertEquals(8080, waiting.at("subsets").at(0).at("ports").at(0).at("port").integer(0));
        world.ready(world.get(Resources.PODS, "n", "p"), true);
        world.await(Resources.ENDPOINTS, "n", "s", json -> json.at("subsets").at(0).at("addresses").isPresent());
        world.await("ready slice", () -> world.all(Resources.ENDPOINT_SLICES, slice ->
                slice.at("endpoints").at(0).at("conditions", "ready").bool(false)).size() == 1, () -> world.all(Resources.ENDPOINT_SLICES,
                        _ -> true));
        world.client.delete(Resources.SERVICES, new ObjectKey("n", "s"), DeleteOptions.DEFAULT);
        world.await(Resources.ENDPOINTS, "n", "s", Json::isNull);
        world.await("no slices", () -> world.all(Resources.ENDPOINT_SLICES, _ -> true).isEmpty(),
                () -> world.all(Resources.ENDPOINT_SLICES, _ -> true));
    }

    @Test
    void endpointsWrittenByHandAreMirroredIntoSlicesAsLongAsTheyStand() throws InterruptedException {
        var port = JsonObject.of("name", "http", "port", 80, "protocol", "TCP");
        world.create(Resources.SERVICES, "n", "nas", "spec", JsonObject.of("ports", List.of(port)));
        world.create(Resources.ENDPOINTS, "n", "nas", "metadata", JsonObject.of("labels", JsonObject.of("room", "cellar")), "subsets",
                List.of(JsonObject.of("addresses", List.of(JsonObject.of("ip", "192.168.1.9"), JsonObject.of("ip", "fd00::9")),
                "notReadyAddresses", List.of(JsonObject.of("ip", "192.168.1.10")), "ports", List.of(port))));
        awaitSlices("both families", 2);
        var four = world.all(Resources.ENDPOINT_SLICES, slice -> slice.at("addressType").text("").equals("IPv4")).getFirst();
        assertEquals("192.168.1.9 true, 192.168.1.10 false", four.at("endpoints").array().stream().map(endpoint -> endpoint.at("addresses").at(0)
                .text("") + " " + endpoint.at("conditions", "ready").bool(false)).collect(Collectors.joining(", ")));
        assertEquals(JsonObject.of("room", "cellar", "kubernetes.io/service-name", "nas",
                "endpointslice.kubernetes.io/managed-by", "endpointslicemirroring-controller.k8s.io"), four.at("metadata", "labels"));
        assertEquals("Endpoints", four.at("metadata", "ownerReferences").at(0).at("kind").text(""));
        assertEquals(80, four.at("ports").at(0).at("port").integer(0));
        var key = new ObjectKey("n", "nas");
        world.client.patch(Resources.ENDPOINTS, key, Patch.merge("metadata", JsonObject.of("labels",
                JsonObject.of("endpointslice.kubernetes.io/skip-mirror", "true"))));
        awaitSlices("none that its owner does not want", 0);
        world.client.patch(Resources.ENDPOINTS, key, Patch.merge("metadata", JsonObject.of("labels",
                JsonObject.EMPTY.with("endpointslice.kubernetes.io/skip-mirror", null))));
        awaitSlices("back again", 2);
        world.client.delete(Resources.ENDPOINTS, key, DeleteOptions.DEFAULT);
        awaitSlices("none without Endpoints", 0);
    }

    private void awaitSlices(String what, int count) throws InterruptedException {
        world.await(what, () -> world.all(Resources.ENDPOINT_SLICES, _ -> true).size() == count, () -> world.all(Resources.ENDPOINT_SLICES, _ -> true));
    }

    @Test
    void aClaimIsKeptWhileAPodUsesIt() throws InterruptedException {
        world.create(Resources.PERSISTENT_VOLUME_CLAIMS, "n", "c", "metadata",
                JsonObject.of("finalizers", List.of("kubernetes.io/pvc-protection")), "spec", JsonObject.EMPTY);
        pod("p", JsonObject.EMPTY, JsonObject.EMPTY);
        world.client.patch(Resources.PODS, new ObjectKey("n", "p"), Patch.merge("spec", JsonObject.of("volumes", List.of(
                JsonObject.of("name", "v", "persistentVolumeClaim", JsonObject.of("claimName", "c"))))));
        world.client.delete(Resources.PERSISTENT_VOLUME_CLAIMS, new ObjectKey("n", "c"), DeleteOptions.DEFAULT);
        world.await(Resources.PERSISTENT_VOLUME_CLAIMS, "n", "c", json -> json.at("metadata", "deletionTimestamp").isPresent());
        world.client.delete(Resources.PODS, new ObjectKey("n", "p"), DeleteOptions.DEFAULT);
        world.await(Resources.PERSISTENT_VOLUME_CLAIMS, "n", "c", Json::isNull);
    }

    @Test
    void aSecretForATokenGoesWithItsAccount() throws InterruptedException {
        var account = world.create(Resources.SERVICE_ACCOUNTS, "n", "robot");
        tokenSecret("filled", "robot", account.at("metadata", "uid").text(""), JsonObject.of("ca.crt", "QQ==", "namespace", "QQ==", "token", "QQ=="));
        tokenSecret("of-nobody", "ghost", "", JsonObject.EMPTY);
        tokenSecret("of-an-earlier-one", "robot", "another uid", JsonObject.EMPTY);
        world.await(Resources.SECRETS, "n", "of-nobody", Json::isNull);
        world.await(Resources.SECRETS, "n", "of-an-earlier-one", Json::isNull);
        assertTrue(world.get(Resources.SECRETS, "n", "filled").isPresent());
        world.client.delete(Resources.SERVICE_ACCOUNTS, new ObjectKey("n", "robot"), DeleteOptions.DEFAULT);
        world.await(Resources.SECRETS, "n", "filled", Json::isNull);
    }

    private void tokenSecret(String name, String account, String uid, JsonObject data) {
        var annotations = JsonObject.of("kubernetes.io/service-account.name", account, "kubernetes.io/service-account.uid", uid);
        world.create(Resources.SECRETS, "n", name, "metadata", JsonObject.of("annotations", annotations), "type",
                "kubernetes.io/service-account-token", "data", data);
    }

    @Test
    void aRequestForACertificateIsSignedOnceItIsApproved() throws InterruptedException {
        signingRequest("kim", "a2lt", "client auth");
        signingRequest("server", "a2lt", "server auth");
        signingRequest("empty", "", "client auth");
        for (var name : List.of("kim", "server", "empty")) {
            world.client.patchStatus(Resources.CERTIFICATE_SIGNING_REQUESTS, ObjectKey.clusterScoped(name), Patch.merge("status",
                    JsonObject.of("conditions", List.of(JsonObject.of("type", "Approved", "status", "True")))));
        }
        var signed = world.await(Resources.CERTIFICATE_SIGNING_REQUESTS, "", "kim", request -> request.at("status", "certificate").isPresent());
        assertEquals("signed kim for 2 h", new String(Base64.getDecoder().decode(signed.at("status", "certificate").text(""))));
        for (var name : List.of("server", "empty")) {
            var failed = world.await(Resources.CERTIFICATE_SIGNING_REQUESTS, "", name, request -> request.at("status", "conditions").array().size() == 2);
            assertEquals("SignerValidationFailed", failed.at("status", "conditions").at(1).at("reason").text(""));
            assertTrue(failed.at("status", "certificate").isNull());
        }
    }

    private void signingRequest(String name, String request, String usage) {
        world.create(Resources.CERTIFICATE_SIGNING_REQUESTS, "", name, "spec", JsonObject.of("request", request, "usages", List.of(usage),
                "signerName", "kubernetes.io/kube-apiserver-client", "expirationSeconds", 7200));
    }

    @Test
    void aNamespaceHasItsAccountAndAuthorityAndIsEmptiedBeforeItGoes() throws InterruptedException {
        world.create(Resources.NAMESPACES, "", "x");
        world.await(Resources.SERVICE_ACCOUNTS, "x", "default", Json::isPresent);
        world.await(Resources.CONFIG_MAPS, "x", "kube-root-ca.crt", json -> json.at("data", "ca.crt").text("").equals("CA"));
        world.create(Resources.SECRETS, "x", "held", "metadata", JsonObject.of("finalizers", List.of("e.com/hold")));
        world.client.delete(Resources.NAMESPACES, ObjectKey.clusterScoped("x"), DeleteOptions.DEFAULT);
        var conditions = world.await(Resources.NAMESPACES, "", "x",
                json -> json.at("status", "conditions").at(4).at("status").text("").equals("True")).at("status", "conditions");
        assertEquals("Some content in the namespace has finalizers remaining: e.com/hold in 1 resource instances", conditions.at(4)
                .at("message").text(""));
        world.client.patch(Resources.SECRETS, new ObjectKey("x", "held"), Patch.merge("metadata", JsonObject.of("finalizers", List.of())));
        world.await(Resources.NAMESPACES, "", "x", Json::isNull);
    }

    @Test
    void aStatefulSetGrowsInOrderAndKeepsItsClaims() throws InterruptedException {
        var claim = JsonObject.of("metadata", JsonObject.of("name", "data"), "spec", JsonObject.EMPTY);
        world.create(Resources.STATEFUL_SETS, "n", "db", "spec", JsonObject.of("replicas", 2, "serviceName", "db",
                "selector", JsonObject.of("matchLabels", JsonObject.of("app", "db")), "template", World.template("app", "db", "1"),
                "volumeClaimTemplates", List.of(claim)));
        world.ready(world.await(Resources.PODS, "n", "db-0", Json::isPresent), true);
        world.await(Resources.PODS, "n", "db-1", Json::isPresent);
        assertEquals(Json.NULL, world.get(Resources.PODS, "n", "db-2"));
        world.client.patch(Resources.STATEFUL_SETS, new ObjectKey("n", "db"), Patch.merge("spec", JsonObject.of("replicas", 0)));
        world.await(Resources.PODS, "n", "db-0", Json::isNull);
        assertEquals(2, world.all(Resources.PERSISTENT_VOLUME_CLAIMS, _ -> true).size());
    }

    @Test
    void aDaemonRunsOnEveryNodeThatTakesIt() throws InterruptedException {
        world.create(Resources.DAEMON_SETS, "n", "agent", "spec", JsonObject.of("selector", JsonObject.of("matchLabels",
                JsonObject.of("app", "agent")), "template", World.template("app", "agent", "1").withAt("default-scheduler", "spec",
                        "schedulerName")));
        world.node("a", "2");
        world.node("b", "2");
        var pods = world.awaitPods("app", "agent", 2);
        for (var pod : pods) world.await(Resources.PODS, "n", pod.at("metadata", "name").text(""), json -> json.at("spec", "nodeName")
                .isPresent());
        assertEquals(List.of("a", "b"), world.pods("app", "agent").stream().map(pod -> pod.at("spec", "nodeName").text("")).sorted()
                .toList());
    }

    private void pod(String name, JsonObject labels, JsonObject container) {
        world.create(Resources.PODS, "n", name, "metadata", JsonObject.of("labels", labels),
                "spec", JsonObject.of("containers", List.of(JsonObject.of("name", "c", "image", "i").withAll(container))));
    }
}
