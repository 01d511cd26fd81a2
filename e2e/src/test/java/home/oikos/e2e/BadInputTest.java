package home.oikos.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.client.Call;
import home.oikos.host.Command;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What makes no sense is refused in words, on every surface, and nothing is half-done.
class BadInputTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static Machine machine;
    private static Home home;

    @BeforeAll
    static void bringUp() throws Exception {
        machine = Machine.create();
        home = Home.on(machine);
        home.up("--demo", "--no-containers");
    }

    @AfterAll
    static void takeDown() throws Exception {
        try (var _ = machine; var _ = home) { }
    }

    // ---- API bodies and manifests

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{                                                                          | 400",
        "[]                                                                         | 400",
        "{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"x\"}}  | 400",
        "{\"metadata\":{\"name\":\"Not A Name\"}}                                   | 422",
        "{\"metadata\":{\"name\":\"x\"},\"data\":{\"k\":7}}                         | 400",
        "{\"metadata\":{\"name\":\"x\",\"labels\":{\"a\":\"b c\"}}}                 | 422",
        "{\"metadata\":{\"name\":\"x\",\"namespace\":\"elsewhere\"}}                | 400"})
    void aBodyThatMakesNoSenseIsRefusedWithAStatus(String body, int code) throws Exception {
        var before = maps();
        var answer = home.client().exchange(Call.of("POST", MAPS).body("application/json", body.getBytes()));
        assertEquals(code, answer.status(), new String(answer.body()));
        var status = Json.parse(answer.body());
        assertEquals("Failure", status.at("status").text(""));
        assertFalse(status.at("message").text("").isBlank());
        assertEquals(before, maps());
    }

    private static String maps() {
        return home.field("{.items[*].metadata.name}", "-A", "configmaps");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{apiVersion: oikos.home/v1alpha1, kind: Device, metadata: {name: bad, namespace: home}, spec: {modelName: 7}}",
        "{apiVersion: oikos.home/v1alpha1, kind: Interlock, metadata: {name: bad, namespace: home}, spec: {safeValues: []}}",
        "{apiVersion: oikos.home/v1alpha1, kind: Reaction, metadata: {name: bad, namespace: home}, spec: {steps: []}}",
        "{apiVersion: oikos.home/v1alpha1, kind: Scaler, metadata: {name: bad, namespace: home}, spec: {minReplicas: -1}}",
        "{apiVersion: oikos.home/v9, kind: Device, metadata: {name: bad, namespace: home}}",
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: bad, namespace: home}, spec: {replicas: -1}}",
        "kind: ["})
    void aManifestThatMakesNoSenseIsRefusedByKubectlAndByTheScriptInWords(String manifest) throws Exception {
        assertNotEquals(0, home.kubectl("apply", "-f", "-").input("---\n" + manifest).tryRun().status());
        var file = Files.createTempFile("oikos-e2e", ".yaml");
        try {
            Files.writeString(file, manifest);
            var told = home.oikos("apply", "-f", file.toString()).tryRun();
            assertNotEquals(0, told.status());
            assertFalse(told.err().isBlank());
            assertFalse(told.err().contains("\tat "), told.err());
        } finally {
            Files.delete(file);
        }
        assertEquals("", home.kubectl("get", "devices,interlocks,reactions,scalers,deployments", "-n", "home", "-o", "name").run().lines().stream()
                .filter(name -> name.endsWith("/bad")).findFirst().orElse(""));
    }

    @Test
    void aDesiredValueOutsideTheModelIsRefused() {
        for (var patch : List.of("{\"spec\":{\"desired\":{\"brightness\":300}}}", "{\"spec\":{\"desired\":{\"brightness\":\"bright\"}}}",
                "{\"spec\":{\"desired\":{\"colour\":\"red\"}}}")) {
            var refused = home.kubectl("-n", "home", "patch", "device", "kitchen-light", "--type=merge", "-p", patch).tryRun();
            assertNotEquals(0, refused.status(), patch);
            assertTrue(refused.err().contains("brightness") || refused.err().contains("colour"), refused.err());
        }
        assertEquals("", home.field("{.spec.desired.brightness}{.spec.desired.colour}", "-n", "home", "device", "kitchen-light"));
    }

    // ---- MQTT

    @Test
    void nonsenseOverMqttChangesNothingAndTheDeviceGoesOn() throws Exception {
        var password = new String(java.util.Base64.getDecoder().decode(home.field("{.data.password}", "-n", "home", "secret", "simulated-house")));
        var port = Json.parse(Files.readAllBytes(home.data().resolve("home.json"))).at("brokerPort").integer(0);
        var before = home.field("{.items[*].metadata.name}", "-n", "home", "devices");
        for (var payload : List.of("", "{", "null", "{\"state\":7}", "{\"state\":\"SIDEWAYS\",\"brightness\":\"much\"}", "x".repeat(100_000),
                "{\"brightness\":1e400}")) {
            for (var topic : List.of("zigbee2mqtt/kitchen-light", "zigbee2mqtt/bridge/devices", "homeassistant/switch/nonsense/config",
                    "house/unknown/state")) {
                publish(password, port, topic, payload);
            }
        }
        home.set("kitchen-light", "on", true);
        Eventually.becomes("the light still obeys", true, () -> home.isOn("kitchen-light", "on"));
        Eventually.becomes("and is in sync", "True", () -> home.condition("kitchen-light", "InSync"));
        assertEquals(before, home.field("{.items[*].metadata.name}", "-n", "home", "devices"));
        assertTrue(home.answers());
    }

    private static void publish(String password, int port, String topic, String payload) {
        // An empty payload has a flag of its own; the others come through standard input.
        machine.command("mosquitto_pub", "-h", "127.0.0.1", "-p", Integer.toString(port), "--cafile", home.data().resolve("ca.crt").toString(), "-q", "1",
                "-i", "e2e-nonsense", "-u", "simulated-house", "-P", password, "-t", topic, payload.isEmpty() ? "-n" : "-s").input(payload).run();
    }

    @Test
    void aStrangerAtTheBrokerIsRefused() throws Exception {
        var port = Json.parse(Files.readAllBytes(home.data().resolve("home.json"))).at("brokerPort").integer(0);
        var refused = machine.command("mosquitto_pub", "-h", "127.0.0.1", "-p", Integer.toString(port), "--cafile", home.data().resolve("ca.crt").toString(),
                "-u", "stranger", "-P", "guess", "-t", "zigbee2mqtt/kitchen-light/set", "-m", "{\"state\":\"ON\"}").tryRun();
        assertNotEquals(0, refused.status());
    }

    // ---- the command line

    @ParameterizedTest
    @ValueSource(strings = {"dance", "up --sideways", "up --api nowhere", "up --api 127.0.0.1:99999", "set", "set kitchen-light on", "device add",
        "simulate garden", "simulate house --fault leak-sensor sneezing", "get unicorns", "restore /nowhere/at/all", "apply -f /nowhere/at/all"})
    void wordsThatMakeNoSenseAreRefusedInOneBreath(String words) {
        var verb = words.split(" ")[0];
        var told = home.oikos(verb, words.length() > verb.length() ? words.substring(verb.length() + 1).split(" ") : new String[0]).tryRun();
        assertTrue(told.status() == 1 || told.status() == 2, words + " ended with " + told.status());
        assertFalse(told.err().isBlank(), words + " said nothing");
        assertFalse(told.err().contains("\tat ") || told.err().contains("Exception"), told.err());
        assertTrue(home.answers());
    }

    // ---- the machine

    @Test
    void aPortInUseIsNamedAndNothingIsLeft() throws Exception {
        var folder = Files.createTempDirectory("oikos-e2e-second");
        try (var second = Home.in(machine, folder)) {
            var told = second.oikos("up", "--detach", "--yes", "--no-containers", "--api", home.address()).tryRun();
            assertEquals(1, told.status());
            assertTrue(told.err().contains(Integer.toString(home.port())), told.err());
            assertEquals(List.of(), second.ownProcesses());
        }
    }

    @Test
    void aContainerdThatCannotRunIsNamedAndNothingIsLeft() throws Exception {
        try (var broken = Home.in(machine, Files.createTempDirectory("oikos-e2e-broken"))) {
            var told = broken.upWhere("mount --bind /dev/null /usr/bin/containerd");
            assertEquals(1, told.status(), told.text());
            assertTrue(told.err().contains("containerd ends as soon as it is started"), told.err());
            assertTrue(told.err().contains("--no-containers"), told.err());
            assertEquals(List.of(), broken.remains());
        }
    }

    @Test
    void aFullDiskRefusesWritesKeepsWhatItHasAndGoesOnWhenThereIsRoom() throws Exception {
        var folder = Files.createTempDirectory("oikos-e2e-small");
        Command.of("mount", "-t", "tmpfs", "-o", "size=400m", "tmpfs", folder.toString()).run();
        try (var small = Home.in(machine, folder)) {
            small.up("--no-containers");
            small.kubectl("create", "configmap", "before").run();
            var ballast = folder.resolve("ballast");
            machine.command("sh", "-c", "cat /dev/zero >" + ballast).tryRun();
            Eventually.passes("writes are refused in words", Duration.ofSeconds(60), () -> {
                var big = small.kubectl("create", "configmap", "big" + System.nanoTime(), "--from-literal=k=" + "x".repeat(100_000)).tryRun();
                assertNotEquals(0, big.status());
                assertTrue(big.err().contains("space") || big.err().contains("full"), big.err());
            });
            Eventually.passes("what was there is read", () -> assertEquals("before", small.field("{.metadata.name}", "configmap", "before")));
            Files.delete(ballast);
            Eventually.passes("writes go on", () -> small.kubectl("create", "configmap", "after").run());
        } finally {
            Command.of("umount", "-l", folder.toString()).tryRun();
            Files.deleteIfExists(folder);
        }
    }

    @Test
    void askingAboutAHomeThatIsNotThereMakesNone() throws Exception {
        try (var none = Home.in(machine, Files.createTempDirectory("oikos-e2e-none"))) {
            for (var verb : List.of("status", "doctor", "get", "backup")) {
                var told = none.oikos(verb, verb.equals("get") ? "devices" : verb.equals("backup") ? "/nowhere/home.backup" : "--data=" + none.data()).tryRun();
                assertNotEquals(0, told.status(), verb);
                assertFalse((told.text() + told.err()).contains("Exception"), told.err());
            }
            assertFalse(Files.exists(none.data().resolve("store")), "asking made a home");
        }
    }
}
