package home.oikos.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The verbs of the real kubectl, against a home with containers.
class KubectlTest {
    private static final String WEB = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: NAME, namespace: verbs}
            spec:
              replicas: 1
              selector: {matchLabels: {app: NAME}}
              template:
                metadata: {labels: {app: NAME}}
                spec:
                  terminationGracePeriodSeconds: 1
                  containers:
                  - name: web
                    image: localhost/box:1
                    command: [/bin/busybox, sh, -c, "mkdir -p /tmp/w; echo WORDS >/tmp/w/index.html; echo WORDS; exec busybox httpd -f -v -p 8080 -h /tmp/w"]
                    readinessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 1}
            """;
    private static Machine machine;
    private static Home home;

    @BeforeAll
    static void bringUp() throws Exception {
        machine = Machine.create();
        home = Home.on(machine);
        home.up();
        home.oikos("image", "build", "localhost/box:1", "--package", "busybox-static").run();
        home.kubectl("create", "namespace", "verbs").run();
    }

    @AfterAll
    static void takeDown() throws Exception {
        try (var _ = machine; var _ = home) { }
    }

    private static String web(String name, String words) {
        return WEB.replace("NAME", name).replace("WORDS", words);
    }

    private static String kubectl(String... words) {
        return home.kubectl("-n", "verbs").with(words).run().text();
    }

    private static void roll(String name, String words) {
        home.apply(web(name, words));
        kubectl("rollout", "status", "deploy/" + name, "--timeout=90s");
    }

    @Test
    void applyCreateAndDelete() {
        assertTrue(home.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: verbs}, data: {k: v}}").text().contains("configmap/a created"));
        assertTrue(home.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: verbs}, data: {k: v}}").text()
                .contains("configmap/a unchanged"));
        assertTrue(home.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: verbs}, data: {k: w}}").text()
                .contains("configmap/a configured"));
        assertEquals("w", home.field("{.data.k}", "-n", "verbs", "configmap", "a"));
        assertTrue(kubectl("create", "secret", "generic", "s", "--from-literal=p=q").contains("created"));
        assertTrue(kubectl("delete", "secret/s", "configmap/a").contains("deleted"));
    }

    @Test
    void getShowsTablesYamlJsonAndPaths() {
        roll("shown", "one");
        assertTrue(kubectl("get", "deploy", "shown").contains("1/1"));
        assertTrue(kubectl("get", "pods", "-l", "app=shown", "-o", "wide").contains("Running"));
        assertTrue(kubectl("get", "deploy", "shown", "-o", "yaml").contains("kind: Deployment"));
        assertTrue(kubectl("get", "deploy", "shown", "-o", "json").contains("\"kind\": \"Deployment\""));
        assertEquals("localhost/box:1", home.field("{.spec.template.spec.containers[0].image}", "-n", "verbs", "deploy", "shown"));
    }

    @Test
    void getWatches() throws Exception {
        var seen = Files.createTempFile("oikos-e2e", ".watch");
        var watch = home.startKubectl(seen, "-n", "verbs", "get", "configmaps", "-w", "-o", "name");
        try {
            Eventually.passes("the watch shows what is there", () -> assertTrue(Files.readString(seen).contains("kube-root-ca.crt")));
            kubectl("create", "configmap", "watched");
            Eventually.passes("the watch shows what comes", () -> assertTrue(Files.readString(seen).contains("configmap/watched")));
        } finally {
            watch.destroyForcibly().waitFor();
            Files.delete(seen);
        }
    }

    @Test
    void describeAndLabel() {
        kubectl("create", "configmap", "described", "--from-literal=k=v");
        assertTrue(kubectl("label", "configmap", "described", "room=kitchen").contains("labeled"));
        assertTrue(kubectl("describe", "configmap", "described").contains("room=kitchen"));
        assertTrue(home.kubectl("describe", "nodes").run().text().contains("Allocatable"));
        assertEquals("configmap/described", kubectl("get", "configmaps", "-l", "room=kitchen", "-o", "name").strip());
    }

    @Test
    void scaleAndWait() {
        roll("scaled", "one");
        kubectl("scale", "deploy", "scaled", "--replicas=3");
        kubectl("wait", "deploy/scaled", "--for=jsonpath={.status.readyReplicas}=3", "--timeout=90s");
        kubectl("delete", "deploy", "scaled");
        kubectl("wait", "pods", "-l", "app=scaled", "--for=delete", "--timeout=90s");
        Eventually.becomes("its ReplicaSets are gone", "", () -> kubectl("get", "replicasets", "-l", "app=scaled", "-o", "name"));
    }

    @Test
    void rolloutsGoForwardAndBack() {
        roll("rolled", "first");
        roll("rolled", "second");
        assertEquals("second", inside("rolled"));
        assertTrue(kubectl("rollout", "history", "deploy/rolled").contains("2"));
        kubectl("rollout", "undo", "deploy/rolled");
        kubectl("rollout", "status", "deploy/rolled", "--timeout=90s");
        Eventually.becomes("the first is back", "first", () -> inside("rolled"));
    }

    private static String inside(String name) {
        return kubectl("exec", "deploy/" + name, "--", "/bin/busybox", "cat", "/tmp/w/index.html").strip();
    }

    /// How a second person of the house gets an account of their own: openssl and kubectl, as on any cluster.
    @Test
    void aRequestForACertificateIsApprovedSignedAndGoodForItsOwner() throws Exception {
        var folder = Files.createTempDirectory("oikos-e2e-kim");
        home.machine().command("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                folder.resolve("kim.key").toString(), "-subj", "/O=family/CN=kim", "-out", folder.resolve("kim.csr").toString()).run();
        home.apply("""
                {apiVersion: certificates.k8s.io/v1, kind: CertificateSigningRequest, metadata: {name: kim}, spec: {request: %s,
                 signerName: kubernetes.io/kube-apiserver-client, usages: [client auth], expirationSeconds: 3600}}
                """.formatted(Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("kim.csr")))));
        assertTrue(home.kubectl("get", "csr", "kim").run().text().contains("Pending"));
        home.kubectl("certificate", "approve", "kim").run();
        var certificate = new String[1];
        Eventually.passes("it is signed", () -> {
            certificate[0] = home.field("{.status.certificate}", "csr", "kim");
            assertFalse(certificate[0].isEmpty());
        });
        assertTrue(home.kubectl("get", "csr", "kim").run().text().contains("Approved,Issued"));
        Files.write(folder.resolve("kim.crt"), Base64.getDecoder().decode(certificate[0]));
        var who = home.machine().command("kubectl", "--kubeconfig", "/dev/null", "--server", home.url(), "--certificate-authority",
                home.data().resolve("ca.crt").toString(), "--client-certificate", folder.resolve("kim.crt").toString(), "--client-key",
                folder.resolve("kim.key").toString(), "auth", "whoami", "-o", "jsonpath={.status.userInfo.username} {.status.userInfo.groups}").run().text();
        assertEquals("kim [\"family\",\"system:authenticated\"]", who);
    }

    @Test
    void logsExecAndTheirExitCodes() throws Exception {
        roll("spoken", "hello");
        // Ready may come before its first line.
        Eventually.passes("the first line", () -> assertTrue(kubectl("logs", "deploy/spoken").contains("hello")));
        var failed = home.kubectl("-n", "verbs", "exec", "deploy/spoken", "--", "/bin/busybox", "sh", "-c", "echo out; echo err >&2; exit 7").tryRun();
        assertEquals(7, failed.status());
        assertEquals("out\n", failed.text());
        assertTrue(failed.err().contains("err"));
        assertEquals("said", home.kubectl("-n", "verbs", "exec", "-i", "deploy/spoken", "--", "/bin/busybox", "cat").input("said").run().text());
        var seen = Files.createTempFile("oikos-e2e", ".log");
        var follow = home.startKubectl(seen, "-n", "verbs", "logs", "-f", "deploy/spoken");
        try {
            Eventually.passes("the log is followed", () -> {
                kubectl("exec", "deploy/spoken", "--", "/bin/busybox", "sh", "-c", "echo later >/proc/1/fd/1");
                assertTrue(Files.readString(seen).contains("later"));
            });
        } finally {
            follow.destroyForcibly().waitFor();
            Files.delete(seen);
        }
    }

    @Test
    void portForwardReachesThePod() throws Exception {
        roll("forwarded", "through");
        var seen = Files.createTempFile("oikos-e2e", ".forward");
        var forward = home.startKubectl(seen, "-n", "verbs", "port-forward", "deploy/forwarded", "18080:8080");
        try {
            Eventually.passes("an answer through the forwarded port", () -> assertTrue(home.curl("http://127.0.0.1:18080/").contains("through")));
        } finally {
            forward.destroyForcibly().waitFor();
            Files.delete(seen);
        }
    }

    @Test
    void diffTellsWhatWouldChange() {
        home.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: different, namespace: verbs}, data: {k: old}}");
        var changed = "---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: different, namespace: verbs}, data: {k: new}}";
        var diff = home.kubectl("diff", "-f", "-").input(changed).tryRun();
        assertEquals(1, diff.status());
        assertTrue(diff.text().contains("-  k: old") && diff.text().contains("+  k: new"), diff.text());
        assertEquals("old", home.field("{.data.k}", "-n", "verbs", "configmap", "different"));
    }

    @Test
    void explainAndDiscovery() {
        assertTrue(home.kubectl("explain", "pod.spec.containers.image").run().text().contains("image <string>"));
        assertTrue(home.kubectl("explain", "device.spec").run().text().contains("modelName"));
        var resources = home.kubectl("api-resources").run().text();
        for (var kind : List.of("Deployment", "CronJob", "Device", "Interlock", "CustomResourceDefinition")) assertTrue(resources.contains(kind), kind);
    }

    @Test
    void authCanI() {
        assertEquals("yes", home.kubectl("auth", "can-i", "delete", "pods").run().text().strip());
        var no = home.kubectl("auth", "can-i", "delete", "pods", "--as=system:serviceaccount:verbs:default").tryRun();
        assertEquals("no", no.text().strip());
        assertNotEquals(0, no.status());
    }

    @Test
    void serverSideApplyTellsConflicts() {
        var mine = "---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: owned, namespace: verbs}, data: {k: VALUE}}";
        home.kubectl("apply", "--server-side", "--field-manager=one", "-f", "-").input(mine.replace("VALUE", "a")).run();
        var conflict = home.kubectl("apply", "--server-side", "--field-manager=two", "-f", "-").input(mine.replace("VALUE", "b")).tryRun();
        assertEquals(1, conflict.status());
        assertTrue(conflict.err().contains("conflict with \"one\": .data.k"), conflict.err());
        home.kubectl("apply", "--server-side", "--force-conflicts", "--field-manager=two", "-f", "-").input(mine.replace("VALUE", "b")).run();
        assertEquals("b", home.field("{.data.k}", "-n", "verbs", "configmap", "owned"));
    }
}
