package home.oikos.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The sensors of a brewery in one running home: a real owserver whose thermometers have gone wild, an iSpindel's own posts, with and without a
/// token, and readers in pods that become more while vapour is in the air.
class BrewerySensorsTest {
    private static Machine machine;
    private static Home home;
    private static Process owserver;

    @BeforeAll
    static void bringUp() throws Exception {
        machine = Machine.create();
        home = Home.on(machine);
        home.up("--demo");
        home.oikos("apply", "-f", Path.of("../blueprints/sensors.yaml").toAbsolutePath().toString()).run();
    }

    @AfterAll
    static void takeDown() throws Exception {
        try (var _ = machine; var _ = home) {
            if (owserver != null) owserver.destroyForcibly();
        }
    }

    private static String device(String name, String jsonpath) {
        return home.field(jsonpath, "-n", "home", "device", name);
    }

    private static String reported(String device, String property) {
        return device(device, "{.status.reported." + property + ".value}");
    }

    /// What was refused of a device's readings, in words.
    private static Set<String> refusals(String device) {
        var told = home.field("{range .items[?(@.reason==\"ReadingRefused\")]}{.involvedObject.name}: {.message}{\"\\n\"}{end}", "-n", "home", "events");
        var words = new HashSet<String>();
        Arrays.stream(told.split("\n")).filter(line -> line.startsWith(device + ": ")).forEach(line -> words.add(line.substring(device.length() + 2)));
        return words;
    }

    // ---- 1-Wire

    @Test
    void wildThermometersAreNamedAndNothingIsSwitchedForThem() throws Exception {
        int port = freePort();
        owserver = startOwserver(port);
        var ids = new String[2];
        Eventually.passes("owserver answers", () -> {
            var found = machine.command("owdir", "-s", "127.0.0.1:" + port, "/").run().lines().stream().filter(line -> line.startsWith("/28.")).toList();
            assertEquals(2, found.size());
            for (int i = 0; i < 2; i++) ids[i] = found.get(i).substring(1);
        });
        // A vessel of its own whose cooler is a lamp: the first thermometer is in beer, where half of what it says is impossible and the rest leaps.
        home.apply("""
                apiVersion: oikos.home/v1alpha1
                kind: Device
                metadata: {name: carboy, namespace: home}
                spec:
                  modelName: beer-thermometer
                  connection: {onewire: {address: "127.0.0.1:%1$d", id: "%2$s", pollSeconds: 1}}
                  control: {mode: Hysteresis, sensor: {property: temperature}, target: "19", deadband: "0.3", coolerName: porch-light}
                ---
                apiVersion: oikos.home/v1alpha1
                kind: DeviceModel
                metadata: {name: oven-thermometer}
                spec:
                  properties:
                  - {name: temperature, type: Number, unit: °F, minimum: 32, maximum: 400, deadband: "0.1", statusPeriodSeconds: 1}
                """.formatted(port, ids[0]));
        Eventually.passes("wild values are refused and named", () -> assertTrue(refusals("carboy").size() >= 3, refusals("carboy").toString()));
        var named = "temperature (is between -2 and 40|can move 2 a minute and is not steady yet); found \\d\\d(\\.\\d+)?";
        for (var refusal : refusals("carboy")) assertTrue(refusal.matches(named), refusal);
        assertEquals("", reported("carboy", "temperature"), "none is believed");
        assertFalse(home.isOn("porch-light", "on"), "nothing cools a vessel for the sake of values that cannot be");
        assertEquals("", device("porch-light", "{.status.commanded}"));
        assertEquals("False", home.condition("carboy", "Controlled"));

        // The other shows up by itself; where such values are possible it is believed, in the unit that its model asks for.
        var other = "thermometer-" + ids[1].substring(3).toLowerCase(Locale.ROOT);
        Eventually.becomes("the other is shown", ids[1], () -> device(other, "{.status.announcement.id}"));
        home.oikos("device", "add", other, "--model", "oven-thermometer").run();
        Eventually.passes("it is believed", () -> {
            double fahrenheit = Double.parseDouble(reported(other, "temperature"));
            assertTrue(fahrenheit >= 71 && fahrenheit <= 164, fahrenheit + " °F");
        });
        owserver.destroyForcibly().waitFor();
        Eventually.becomes("a server that is gone is told", "Unknown", () -> home.condition("carboy", "Online"));
        assertTrue(device("carboy", "{.status.conditions[?(@.type==\"Online\")].message}").contains("127.0.0.1:" + port));
        owserver = startOwserver(port);
        Eventually.becomes("and found again", "True", () -> home.condition(other, "Online"));
    }

    private static Process startOwserver(int port) throws IOException {
        var words = machine.command("owserver", "--foreground", "--fake=DS18B20,DS18B20",
                "--templow=22", "--temphigh=73", "--port", "127.0.0.1:" + port).words();
        return new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    // ---- iSpindel

    private static final String POST = "{\"name\":\"%s\",\"ID\":%d,%s\"angle\":44.51,\"temperature\":%s,\"temp_units\":\"%s\",\"battery\":3.91,"
            + "\"gravity\":%s,\"interval\":900,\"RSSI\":-61}";

    /// The code and the words.
    private static String post(String body) {
        return machine.command("curl", "-sS", "-m", "10", "--noproxy", "*", "-w", "%{http_code}", "-H", "Content-Type: application/json", "--data-binary", body,
                "http://" + machine.address() + ":" + sensorPort() + "/ispindel").run().text().replace("\n", " ").strip();
    }

    private static int sensorPort() {
        try {
            return Json.parse(Files.readAllBytes(home.data().resolve("sensors.json"))).at("port").integer(0);
        } catch (IOException notYet) {
            throw new AssertionError("no port is open", notYet);
        }
    }

    @Test
    void anIspindelPostsWithAndWithoutAToken() {
        assertFalse(Files.exists(home.data().resolve("sensors.json")), "no port before a Device asks for one");
        home.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: hydrometer, namespace: home}
                type: oikos.home/sensor-token
                stringData: {token: sweet wort}
                ---
                apiVersion: oikos.home/v1alpha1
                kind: Device
                metadata: {name: hydrometer, namespace: home}
                spec: {modelName: ispindel, connection: {http: {format: Ispindel, id: "1001", tokenSecretName: hydrometer}}}
                ---
                apiVersion: oikos.home/v1alpha1
                kind: Device
                metadata: {name: old-hydrometer, namespace: home}
                spec: {modelName: ispindel, connection: {http: {format: Ispindel, id: "1002", gravityUnit: Plato}}}
                """);
        var token = "\"token\":\"sweet wort\",";
        Eventually.becomes("it is taken", "taken 200", () -> post(POST.formatted("one", 1001, token, "68.0", "F", "1.038")));
        Eventually.becomes("its gravity", "1.038", () -> reported("hydrometer", "gravity"));
        assertEquals("20", reported("hydrometer", "temperature"), "Fahrenheit that says so is Celsius here");
        assertTrue(home.log().contains("/ispindel, because a Device has connection.http. It is not encrypted"), "people are warned");

        var stolen = POST.formatted("one", 1001, "\"token\":\"sour wort\",", "19.0", "C", "1.010");
        assertEquals("expected the token of Secret home/hydrometer, found another 401", post(stolen));
        assertEquals("expected the token of Secret home/hydrometer, found none 401", post(POST.formatted("one", 1001, "", "19.0", "C", "1.010")));
        assertTrue(post("{").endsWith(" 400"));
        assertTrue(post("x".repeat(100_000)).endsWith("413"));
        assertEquals("1.038", reported("hydrometer", "gravity"), "nothing was changed");

        assertEquals("taken 200", post(POST.formatted("two", 1002, "", "19.0", "C", "12")));
        Eventually.becomes("12 °P", "1.048", () -> reported("old-hydrometer", "gravity").replaceFirst("(1\\.\\d{3}).*", "$1"));

        var doctor = home.oikos("doctor").tryRun().text();
        assertTrue(doctor.contains("everybody in the network can speak for old-hydrometer: it sends no token"), doctor);
        assertFalse(doctor.contains("for hydrometer"), "one with a token is in order: " + doctor);
        home.kubectl("-n", "home", "delete", "secret", "hydrometer").run();
        Eventually.passes("a token that is gone is missed", () ->
                assertTrue(post(POST.formatted("one", 1001, token, "19.0", "C", "1.010")).endsWith(" 503")));
        doctor = home.oikos("doctor").tryRun().text();
        assertTrue(doctor.contains("hydrometer is not let in: expected a Secret home/hydrometer of type oikos.home/sensor-token"), doctor);
        home.kubectl("-n", "home", "create", "secret", "generic", "hydrometer", "--type=oikos.home/sensor-token", "--from-literal=token=sweet wort").run();
        Eventually.becomes("the new one is known", "taken 200", () -> post(POST.formatted("one", 1001, token, "68.0", "F", "1.038")));

        // What an honest but wrong sensor says.
        post(POST.formatted("one", 1001, token, "68.0", "C", "12.5"));
        post(POST.formatted("one", 1001, token, "20.0", "C", "-1.2"));
        Eventually.passes("they are refused by name", () -> assertEquals(Set.of("temperature is between -5 and 45; found 68",
                "gravity is between 0.98 and 1.16; found 12.5", "gravity is between 0.98 and 1.16; found -1.2"), refusals("hydrometer")));
        assertEquals("1.038", reported("hydrometer", "gravity"));

        assertTrue(post(POST.formatted("iSpindel007", 1007, "", "19.0", "C", "1.050")).endsWith(" 403"));
        Eventually.becomes("a stranger waits in quarantine", "True", () -> home.condition("ispindel007", "Quarantined"));
        home.oikos("device", "add", "ispindel007", "--model", "ispindel").run();
        Eventually.passes("it is adopted", () -> {
            assertEquals("taken 200", post(POST.formatted("iSpindel007", 1007, "", "19.0", "C", "1.050")));
            assertEquals("1.05", reported("ispindel007", "gravity"));
        });
    }

    // ---- readers in pods

    private static int readers() {
        var ready = home.field("{.status.readyReplicas}", "-n", "brewery", "deployment", "vapour-readers");
        return ready.isEmpty() ? 0 : Integer.parseInt(ready);
    }

    @Test
    void vapourBringsMoreReadersWhoseWordsAreJoined() {
        // A minute of calm before readers are taken away, and two half minutes before one that is silent is forgotten, are for real homes.
        home.kubectl("-n", "brewery", "patch", "scaler", "vapour", "--type=merge", "-p", "{\"spec\":{\"stabilizationSeconds\":5}}").run();
        home.kubectl("patch", "devicemodel", "vapour-readers", "--type=json", "-p",
                "[{\"op\":\"replace\",\"path\":\"/spec/properties/0/expectedPeriodSeconds\",\"value\":15}]").run();
        Eventually.becomes("one reader at rest", 1, BrewerySensorsTest::readers);
        Eventually.becomes("it is heard", "1", () -> device("vapour-readers", "{.status.reported.ethanol.sources}"));
        long began = System.nanoTime();
        home.oikos("simulate", "house", "--fault", "vapour-sensor", "high").run();
        Eventually.passes("two or more", () -> assertTrue(readers() >= 2, readers() + " readers"));
        System.out.printf("two readers %.1f s after the spill%n", (System.nanoTime() - began) / 1e9);
        Eventually.passes("their words are joined", () -> {
            assertEquals("3", device("vapour-readers", "{.status.reported.ethanol.sources}"));
            double joined = Double.parseDouble(reported("vapour-readers", "ethanol"));
            double truth = home.truth("vapour-sensor", "ethanol").decimal(0);
            assertEquals(truth, joined, truth * 0.06, "each lies at most 5 % off");
        });
        // One that has gone mad stands alone: the others are believed.
        var account = home.kubectl("-n", "brewery", "get", "secret", "vapour-readers", "-o", "jsonpath={.data.password}").run().text();
        var password = new String(Base64.getDecoder().decode(account), StandardCharsets.UTF_8);
        home.kubectl("-n", "brewery", "exec", "deploy/vapour-readers", "--", "mosquitto_pub", "-h", "mqtt.default.svc.cluster.local", "-p", "8883",
                "--cafile", "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt", "-q", "1", "-u", "vapour-readers", "-P", password,
                "-t", "vapour-readers/mad/state", "-m", "{\"ethanol\":19000}").run();
        Eventually.passes("the mad one is counted and not believed", () -> {
            assertEquals("4", device("vapour-readers", "{.status.reported.ethanol.sources}"));
            assertTrue(Double.parseDouble(reported("vapour-readers", "ethanol")) < 2_000, reported("vapour-readers", "ethanol"));
        });
        home.oikos("simulate", "house", "--mend", "vapour-sensor").run();
        Eventually.passes("one again", () -> assertEquals("1 of 1", home.field("{.status.replicas} of {.spec.replicas}",
                "-n", "brewery", "deployment", "vapour-readers")));
        Eventually.becomes("those that are gone are forgotten", "1", () -> device("vapour-readers", "{.status.reported.ethanol.sources}"));
    }
}
