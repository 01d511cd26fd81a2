package home.oikos.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Patch;
import home.oikos.client.Resource;
import home.oikos.e2e.SwupdateDevice.Habit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Firmware for devices that nobody here wrote: Debian's swupdate, unmodified, over TLS, with images that it checks itself. Three plugs in the workshop
/// get a good image and one that is found by the meter of the mains; two in the shed one that they refuse, and one that does not start there; one in the
/// attic does not come back. All three rollouts run at once.
@Execution(ExecutionMode.CONCURRENT)
class RealDevicesUpdateTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Resource DEVICES = Resource.namespaced("oikos.home/v1alpha1", "devices", "Device");
    private static final Resource ROLLOUTS = Resource.namespaced("oikos.home/v1alpha1", "firmwarerollouts", "FirmwareRollout");
    private static final int CONTENT_BYTES = 40_000;
    private static final String METER_PASSWORD = "a password of the meter";
    /// What a plug with version 2.0.0 draws: the mains of the workshop bear one, and not two.
    private static final double WATT_OF_2_0_0 = 15;

    @TempDir
    private static Path folder;
    private static Machine machine;
    private static Home home;
    private static ApiClient client;
    private static SwuImage.Maker maker;
    private static final Map<String, SwupdateDevice> devices = new TreeMap<>();
    private static volatile boolean mainsAreSteady;

    @BeforeAll
    static void bringUp() throws Exception {
        machine = Machine.create();
        home = Home.on(machine);
        home.up("--no-containers");
        client = home.client();
        maker = SwuImage.Maker.in(folder, "maker");
        home.apply(MODELS + account());
        for (var name : List.of("plug-1", "plug-2", "plug-3")) device(name, "plug", "workshop");
        for (var name : List.of("plug-4", "plug-5")) device(name, "plug", "shed");
        device("lamp-1", "lamp", "attic");
        for (var model : List.of("plug", "lamp")) home.oikos("firmware", "key", key(model), "--model", model).run();
        for (var version : List.of("1.0.0", "1.1.0", "2.0.0")) push("plug", version, maker);
        push("plug", "1.2.0", SwuImage.Maker.in(folder, "stranger"));
        for (var version : List.of("1.0.0", "1.1.0")) push("lamp", version, maker);
        push("plug", "9.0.0", maker, "--signature", "plug=" + signature("plug-1-1-0"));
        measure();
        devices.get("plug-3").slow();
        devices.get("plug-5").habit(Habit.FALLS_BACK);
        devices.get("lamp-1").habit(Habit.STAYS_AWAY);
        for (var device : devices.values()) device.switchOn(home.url(), home.data().resolve("ca.crt"));
        for (var rollout : List.of(rollout("workshop", "plug-1-1-0") + METERED, rollout("shed", "plug-1-2-0"), rollout("attic", "lamp-1-1-0"))) {
            home.apply(rollout);
        }
    }

    @AfterAll
    static void takeDown() throws Exception {
        try (var _ = machine; var _ = home) {
            devices.values().forEach(SwupdateDevice::close);
        }
    }

    // ---- what is there

    private static final String MODELS = """
            apiVersion: oikos.home/v1alpha1
            kind: DeviceModel
            metadata: {name: plug}
            spec:
              firmware: {channel: Ddi, pollSeconds: 5, reportDeadlineSeconds: 120}
              properties:
              - {name: "on", type: Boolean}
            ---
            apiVersion: oikos.home/v1alpha1
            kind: DeviceModel
            metadata: {name: lamp}
            spec:
              firmware: {channel: Ddi, pollSeconds: 5, reportDeadlineSeconds: 10}
              properties:
              - {name: "on", type: Boolean}
            ---
            apiVersion: oikos.home/v1alpha1
            kind: DeviceModel
            metadata: {name: mains-meter}
            spec:
              properties:
              - {name: power, type: Number, unit: W, minimum: 0, maximum: 1000, statusPeriodSeconds: 1}
              - {name: steady, type: Boolean}
            ---
            apiVersion: oikos.home/v1alpha1
            kind: Device
            metadata: {name: mains, namespace: home}
            spec:
              modelName: mains-meter
              connection: {mqtt: {accountName: mains, topic: mains, properties: [{name: power, path: power}, {name: steady, path: steady}]}}
            ---
            """;

    private static String account() {
        return secret("mains", "mqtt-account", JsonObject.of("user", "mains", "password", METER_PASSWORD, "topics", "mains/#"));
    }

    private static String secret(String name, String type, JsonObject content) {
        return JsonObject.of("apiVersion", "v1", "kind", "Secret", "metadata", JsonObject.of("name", name, "namespace", "home"), "type",
                "oikos.home/" + type, "stringData", content) + "\n---\n";
    }

    private static void device(String name, String model, String room) {
        var device = new SwupdateDevice(machine, name, folder.resolve(name), maker.certificate(), "1.0.0", RealDevicesUpdateTest::measure);
        devices.put(name, device);
        home.apply(secret(name + "-firmware", "firmware-token", JsonObject.of("token", device.token())) + """
                apiVersion: oikos.home/v1alpha1
                kind: Device
                metadata: {name: %1$s, namespace: home, labels: {room: %3$s}}
                spec: {modelName: %2$s, connection: {mqtt: {accountName: mains, topic: mains/%1$s}}}
                """.formatted(name, model, room));
    }

    private static String rollout(String room, String firmware) {
        return """
                apiVersion: oikos.home/v1alpha1
                kind: FirmwareRollout
                metadata: {name: %1$s, namespace: home}
                spec:
                  firmwareName: %2$s
                  selector: {matchLabels: {room: %1$s}}
                  canaries: 1
                  batch: 2
                  maxUnavailable: 2
                  soakSeconds: 2
                  progressDeadlineSeconds: 150
                """.formatted(room, firmware);
    }

    private static final String METERED = """
              gates:
              - {name: steady, expression: device("mains").steady, message: the mains are not steady}
              health:
              - {name: mains, expression: device("mains").power < 20.0, message: the mains are overloaded}
            """;

    private static String key(String model) {
        return folder.resolve(model + ".key").toString();
    }

    /// An image that says its version, and is as large as small images are. What a stranger made is signed by us all the same.
    private static void push(String model, String version, SwuImage.Maker by, String... signature) throws Exception {
        var content = new byte[CONTENT_BYTES];
        new Random(version.hashCode()).nextBytes(content);
        var first = (version + "\n").getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(first, 0, content, 0, first.length);
        var file = folder.resolve("%s-%s.swu".formatted(model, version));
        Files.write(file, SwuImage.of(version, content, SwupdateDevice.INSTALLED, by));
        var signed = signature.length == 0 ? new String[] {"--sign", key(model)} : signature;
        home.oikos("firmware", "push", file.toString(), "--model", model, "--version", version, "--hardware", SwupdateDevice.HARDWARE).with(signed).run();
    }

    /// The file with the signature of a Firmware.
    private static String signature(String firmware) throws IOException {
        var file = folder.resolve(firmware + ".signature");
        return Files.writeString(file, home.field("{.spec.signatures[0].signature}", "-n", "home", "firmware", firmware)).toString();
    }

    // ---- what is measured

    /// What the meter of the workshop sees, which no plug tells; it says so whenever one of them starts.
    private static void measure() {
        double watt = devices.values().stream().filter(each -> each.version().equals("2.0.0")).count() * WATT_OF_2_0_0;
        var said = JsonObject.of("power", watt, "steady", mainsAreSteady).toString();
        Eventually.passes("the meter speaks", () -> machine.command("mosquitto_pub", "-h", "127.0.0.1", "-p", "8883", "--cafile", home.data().resolve("ca.crt")
                .toString(), "-q", "1", "-u", "mains", "-P", METER_PASSWORD, "-t", "mains", "-m", said).run());
    }

    private static void mains(boolean steady) {
        mainsAreSteady = steady;
        measure();
    }

    // ---- what is seen

    private static Json rollout(String room) {
        return client.get(ROLLOUTS, new ObjectKey("home", room)).at("status");
    }

    private static String phase(String room) {
        var status = rollout(room);
        return status.at("firmwareName").text("") + " " + status.at("phase").text("");
    }

    private static Json firmware(String device) {
        return client.get(DEVICES, new ObjectKey("home", device)).at("status", "firmware");
    }

    /// What they say they run, and what they run.
    private static String versions(String... names) {
        return Stream.of(names).map(name -> firmware(name).at("version").text("") + "=" + devices.get(name).version()).collect(Collectors.joining(" "));
    }

    private static void wish(String room, String firmware) {
        client.patch(ROLLOUTS, new ObjectKey("home", room), Patch.merge("spec", JsonObject.of("firmwareName", firmware)));
    }

    private static void ends(String room, String how) {
        Eventually.passes(room + " ends", PATIENCE, () -> assertEquals(how, phase(room), rollout(room).toString()));
    }

    private static void failed(String room, String why) {
        assertTrue(rollout(room).at("failure").text("").contains(why), rollout(room).toString());
    }

    // ---- what happens

    @Test
    void aGoodImageStaysAndOneThatTheMeterFindsGoesBackEverywhere() {
        Eventually.passes("the gate is closed", PATIENCE, () -> assertTrue(rollout("workshop").at("waitingFor").text("").contains("the mains are not steady"),
                rollout("workshop").toString()));
        assertEquals(0, firmware("plug-1").at("actionId").integer(0), "nobody was asked");
        mains(true);
        var third = devices.get("plug-3");
        Eventually.passes("the last one loads", PATIENCE, () -> assertTrue(third.isLoading(), rollout("workshop").toString()));
        assertEquals("1.1.0", devices.get("plug-1").version(), "the canary went first");
        third.interrupt();
        ends("workshop", "plug-1-1-0 Complete");
        assertEquals("1.1.0=1.1.0 1.1.0=1.1.0 1.1.0=1.1.0", versions("plug-1", "plug-2", "plug-3"));
        assertEquals(1, firmware("plug-3").at("actionId").integer(0), "it went on with what it was at");

        wish("workshop", "plug-2-0-0");
        ends("workshop", "plug-2-0-0 RolledBack");
        failed("workshop", "the mains are overloaded");
        Eventually.passes("all are back", PATIENCE, () -> assertEquals("1.1.0=1.1.0 1.1.0=1.1.0 1.1.0=1.1.0", versions("plug-1", "plug-2", "plug-3")));
    }

    @Test
    void anImageThatDevicesRefuseAndOneThatDoesNotStartGoNoFurther() {
        ends("shed", "plug-1-2-0 RolledBack");
        // It says that it failed, or that it is well and runs what it ran before: either way it is not believed to have it.
        failed("shed", "plug-4: ");
        assertEquals("1.0.0=1.0.0 1.0.0=1.0.0", versions("plug-4", "plug-5"));
        assertEquals(0, firmware("plug-5").at("actionId").integer(0), "it was not asked");

        wish("shed", "plug-1-1-0");
        ends("shed", "plug-1-1-0 RolledBack");
        failed("shed", "plug-5: It says it is well, and runs 1.0.0 instead of 1.1.0.");
        Eventually.passes("the canary is back", PATIENCE, () -> assertEquals("1.0.0=1.0.0 1.0.0=1.0.0", versions("plug-4", "plug-5")));
    }

    @Test
    void oneThatStaysAwayFailsAndIsSentBackWhenItComes() throws Exception {
        ends("attic", "lamp-1-1-0 RolledBack");
        failed("attic", "lamp-1: Nothing new was heard for 10 s");
        var lamp = devices.get("lamp-1");
        lamp.switchOnAgain(home.url(), home.data().resolve("ca.crt"));
        Eventually.becomes("it comes back with it", "1.1.0", lamp::version);
        Eventually.passes("it goes back", PATIENCE, () -> assertEquals("1.0.0=1.0.0", versions("lamp-1")));
    }

    @Test
    void whatNobodySignedForUsReachesNoDevice() {
        var patch = "{\"spec\":{\"firmware\":{\"firmwareName\":\"plug-9-0-0\"}}}";
        var refused = home.kubectl("-n", "home", "patch", "device", "plug-4", "--type=merge", "-p", patch).tryRun();
        assertTrue(refused.err().contains("refused by firmware rule BadSignature"), refused.err());
    }
}
