package home.oikos.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.driver.http.SimulatedShelly;
import home.oikos.driver.mqtt.SimulatedBridge;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.mqtt.MqttClientOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The dishwasher of a running home gets its firmware by a rollout, and goes back by itself when the next one lets water flow. Oikos is killed while the
/// device is at it, while it is watched, and on its way back, and nothing is done twice; that it is so between any two writes is tested in module rollout.
class FirmwareRolloutTest {
    private static final Duration THREE_MINUTES = Duration.ofMinutes(3);
    /// Found sooner than in the demo, so that the test need not wait.
    private static final JsonObject FLOODS = JsonObject.of("firmwareName", "dishwasher-2-2-0", "health", JsonArray.of(JsonObject.of("name", "no-flow",
            "expression", "self.running || device(\"flow-meter\").flow < 1.0", "message", "water flows although it does not run", "failureSeconds", 5)));
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

    // ---- devices that do not ask: one behind a Zigbee bridge, one that fetches when it is told to

    private static final String MODELS = """
            apiVersion: oikos.home/v1alpha1
            kind: DeviceModel
            metadata: {name: %1$s}
            spec:
              firmware: %2$s
              properties: [{name: 'on', type: Boolean, writable: true}]
            ---
            apiVersion: oikos.home/v1alpha1
            kind: Device
            metadata: {name: %1$s, namespace: home}
            spec:
              modelName: %1$s
              connection: {mqtt: {topic: zigbee2mqtt/%1$s, format: Zigbee2mqtt}}
              firmware: %3$s
            """;

    private static void buy(String name, String channel, String device, Path image, String version) {
        home.apply(MODELS.formatted(name, channel, device));
        var key = image.resolveSibling(name + ".key").toString();
        home.oikos("firmware", "key", key, "--model", name).run();
        home.oikos("firmware", "push", image.toString(), "--model", name, "--version", version, "--sign", key).run();
        home.apply("""
                apiVersion: oikos.home/v1alpha1
                kind: FirmwareRollout
                metadata: {name: %1$s, namespace: home}
                spec: {firmwareName: %1$s-%2$s, canaries: 1, soakSeconds: 1, progressDeadlineSeconds: 120}
                """.formatted(name, version.replace('.', '-')));
    }

    /// A client of the home's broker with the account of the simulated house, which speaks for all of that bridge.
    private static SimulatedBridge bridge() throws IOException {
        var account = Json.parse(Files.readAllBytes(home.instance().runDir().resolve("simulation.json")));
        var options = new MqttClientOptions().setClientId("second-bridge").setUsername(account.at("user").text(""));
        options.setPassword(account.at("password").text(""));
        options.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
        options.setTrustOptions(new PemTrustOptions().addCertPath(home.data().resolve("ca.crt").toString()));
        return new SimulatedBridge(options, machine.address(), account.at("port").integer(0), "2.14.1");
    }

    @Test
    void aBridgeAndADeviceThatPullsAreUpdatedByRollouts(@TempDir Path folder) throws Exception {
        var zigbee = Files.writeString(folder.resolve("shelf-light.ota"), "200\nthe rest of it\n");
        var shelly = Files.writeString(folder.resolve("boiler-plug.zip"), "1.1.0\n" + "the rest of it\n".repeat(20_000));
        try (var bridge = bridge(); var plug = new SimulatedShelly(machine.near(), "1.0.0")) {
            buy("shelf-light", "{channel: Zigbee2mqtt}", "{address: %s}".formatted(machine.near()), zigbee, "200");
            var light = bridge.device("shelf-light", 100);
            buy("boiler-plug", "{channel: HttpPull, dialect: Shelly}", "{address: '%s'}".formatted(plug.address()), shelly, "1.1.0");
            for (var name : List.of("shelf-light", "boiler-plug")) {
                Eventually.passes(name + " is updated", () -> assertEquals("Complete", home.field("{.status.phase}", "-n", "home", "firmwarerollout", name),
                        home.field("{.status}", "-n", "home", "firmwarerollout", name)));
                assertEquals("1", home.field("{.status.firmware.actionId}", "-n", "home", "device", name), "one update");
            }
            assertEquals(200, light.runs());
            assertEquals("1.1.0 1.1.0", plug.version() + " " + home.field("{.status.firmware.version}", "-n", "home", "device", "boiler-plug"));
            var fetch = plug.told.take();
            Eventually.passes("the port without TLS is shut again", () -> assertThrows(ConnectException.class, () -> new Socket(machine.address(),
                    URI.create(fetch).getPort()).close()));
        }
    }

    private static String rollout(String jsonpath) {
        return home.field(jsonpath, "-n", "home", "firmwarerollout", "appliances");
    }

    private static String firmware(String field) {
        return home.field("{.status.firmware." + field + "}", "-n", "home", "device", "dishwasher");
    }

    private static boolean goesBack() {
        return rollout("{.status.phase}").matches("RollingBack|RolledBack");
    }

    private static void dies() {
        home.kill("serve");
        Eventually.becomes("the home is back", true, home::answers);
    }

    @Test
    void aGoodFirmwareStaysAndOneThatFloodsGoesBack() {
        Eventually.passes("the first rollout is complete", THREE_MINUTES, () -> assertEquals("Complete", rollout("{.status.phase}")));
        assertEquals("2.1.0 1", firmware("version") + " " + firmware("actionId"), "one update");
        assertEquals("True", rollout("{.status.conditions[?(@.type==\"Complete\")].status}"));
        home.kubectl("-n", "home", "patch", "firmwarerollout", "appliances", "--type=merge", "-p", JsonObject.of("spec", FLOODS).toString()).run();
        Eventually.passes("the dishwasher is at it", () -> assertTrue(firmware("phase").matches("Downloading|Installing|AwaitingReport")
                || firmware("version").equals("2.2.0"), firmware("phase")));
        dies();
        Eventually.passes("it runs, and is watched", () -> assertTrue(firmware("version").equals("2.2.0") || goesBack(), rollout("{.status}")));
        dies();
        Eventually.passes("it goes back", THREE_MINUTES, () -> assertTrue(goesBack(), rollout("{.status}")));
        dies();
        Eventually.passes("it is found and sent back", THREE_MINUTES, () -> assertEquals("RolledBack", rollout("{.status.phase}")));
        assertEquals("2.1.0 3", firmware("version") + " " + firmware("actionId"), "there and back, each once");
        assertTrue(rollout("{.status.failure}").contains("water flows"), rollout("{.status}"));
        assertEquals("Complete RolledBack", rollout("{.status.history[*].outcome}"));
        var told = home.oikos("rollout", "status", "firmwarerollout/appliances").run().text();
        assertTrue(told.startsWith("RolledBack, revision 2, dishwasher-2-2-0"), told);
        assertEquals("Paused", home.field("{.status.phase}", "-n", "home", "firmwarerollout", "lights"), "this one waits for a person");
    }
}
