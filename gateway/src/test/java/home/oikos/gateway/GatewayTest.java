package home.oikos.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.FakeApi;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import home.oikos.controller.ControllerGroup;
import home.oikos.driver.Announcement;
import home.oikos.driver.Command;
import home.oikos.driver.FakeDriver;
import home.oikos.driver.Value;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The gateway with its threads, against an API in memory and a driver without a protocol.
class GatewayTest {
    private static final ObjectKey LAMP = new ObjectKey("home", "lamp");

    private final FakeApi api = new FakeApi(Clock.systemUTC(), Kinds.DEVICES, Kinds.DEVICE_MODELS, Kinds.FIRMWARES, Kinds.FIRMWARE_ROLLOUTS,
            Kinds.INTERLOCKS, Kinds.REACTIONS, Kinds.SCALERS,
            Resources.EVENTS);
    private final ApiClient client = new ApiClient(api);
    private final FakeRules rules = new FakeRules();
    private FakeDriver driver;
    private ControllerGroup group;
    private Gateway gateway;

    @BeforeEach void start() {
        driver = new FakeDriver();
        group = new ControllerGroup(client, new ControllerGroup.Surroundings(Clock.systemUTC(), Thread::sleep, new Random(1), (_, _, why) -> {
            throw new AssertionError(why);
        }));
        gateway = new Gateway(group, List.of(driver), new FirmwarePart(List.of(), rules, List.of()), new Telemetry(Optional.empty()), "home", "boot");
        group.start();
        gateway.start();
    }

    @AfterEach void stop() {
        gateway.close();
        group.close();
    }

    private void lamp(Object... desired) {
        client.create(Kinds.DEVICE_MODELS, JsonObject.of("metadata", JsonObject.of("name", "light"), "spec", JsonObject.of("properties",
                JsonArray.of(JsonObject.of("name", "on", "type", "Boolean", "writable", true)))));
        device("lamp", desired);
    }

    private void awaitServed(ObjectKey device) {
        while (!driver.served().containsKey(device)) Thread.onSpinWait();
    }

    private void device(String name, Object... desired) {
        client.create(Kinds.DEVICES, JsonObject.of("metadata", JsonObject.of("namespace", "home", "name", name), "spec", JsonObject.of("modelName", "light",
                "connection", JsonObject.of("fake", JsonObject.EMPTY), "desired", JsonObject.of(desired))));
    }

    private Json await(ObjectKey key, Predicate<Json> condition) throws Exception {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        Json seen = Json.NULL;
        while (System.nanoTime() < end) {
            seen = client.find(Kinds.DEVICES, key).orElse(Json.NULL);
            if (condition.test(seen)) return seen;
            Thread.onSpinWait();
        }
        throw new AssertionError("not within 20 s: " + seen);
    }

    private static boolean inSync(Json device) {
        return device.at("status", "conditions").array().stream()
                .anyMatch(c -> c.at("type").text("").equals("InSync") && c.at("reason").text("").equals("InSync"));
    }

    @Test void aLampIsBroughtToWhatIsWantedAndTheApiSaysSo() throws Exception {
        lamp("on", true);
        assertEquals(new Command(LAMP, "on", new Value.Bool(true)), driver.commands().poll(20, TimeUnit.SECONDS));
        awaitServed(LAMP);
        var committed = new CountDownLatch(1);
        driver.say(LAMP, "on", new Value.Bool(true), committed::countDown);
        assertTrue(committed.await(20, TimeUnit.SECONDS), "acknowledged");
        var device = await(LAMP, GatewayTest::inSync);
        assertEquals(Json.of(true), device.at("status", "reported", "on", "value"));
        client.patch(Kinds.DEVICES, LAMP, Patch.merge("spec", JsonObject.of("desired", JsonObject.of("on", false))));
        assertEquals(new Command(LAMP, "on", new Value.Bool(false)), driver.commands().poll(20, TimeUnit.SECONDS));
    }

    @Test void whatIsAcknowledgedIsInTheApi() throws Exception {
        lamp();
        await(LAMP, device -> device.at("status", "conditions").array().size() == 4);
        awaitServed(LAMP);
        var acknowledged = new CountDownLatch(1);
        driver.say(LAMP, "on", new Value.Bool(true), acknowledged::countDown);
        assertTrue(acknowledged.await(20, TimeUnit.SECONDS));
        assertEquals(Json.of(true), client.get(Kinds.DEVICES, LAMP).at("status", "reported", "on", "value"));
    }

    @Test void aDiscoveredDeviceIsQuarantinedUntilSomebodyAdoptsIt() throws Exception {
        awaitDriver();
        var model = JsonObject.of("properties", JsonArray.of(JsonObject.of("name", "on", "type", "Boolean", "writable", true)));
        driver.listener().announced(new Announcement("0x1", "plug", "acme-plug", model, JsonObject.EMPTY.with("topic", "z/plug"), "attic"));
        var key = new ObjectKey("home", "plug");
        await(key, device -> conditionIs(device, "Quarantined", "True") && device.at("status", "announcement", "modelName").text("").equals("acme-plug"));
        client.patch(Kinds.DEVICES, key, Patch.merge("spec", JsonObject.of("modelName", "acme-plug", "desired", JsonObject.of("on", true))));
        await(key, device -> conditionIs(device, "Quarantined", "False"));
        assertEquals(new Command(key, "on", new Value.Bool(true)), driver.commands().poll(20, TimeUnit.SECONDS));
        driver.listener().withdrawn("0x1");
    }

    @Test void aDiscoveryThatIsTakenBackGoesUnlessSomebodyAdoptedIt() throws Exception {
        awaitDriver();
        var model = JsonObject.of("properties", JsonArray.of(JsonObject.of("name", "on", "type", "Boolean", "writable", true)));
        for (var name : List.of("kept", "gone")) driver.listener().announced(new Announcement(name, name, "acme-plug", model, JsonObject.EMPTY, ""));
        for (var name : List.of("kept", "gone")) await(new ObjectKey("home", name), device -> device.at("status", "announcement", "id").isPresent());
        client.patch(Kinds.DEVICES, new ObjectKey("home", "kept"), Patch.merge("spec", JsonObject.of("modelName", "acme-plug")));
        for (var name : List.of("kept", "gone")) driver.listener().withdrawn(name);
        await(new ObjectKey("home", "gone"), Json::isNull);
        assertTrue(client.find(Kinds.DEVICES, new ObjectKey("home", "kept")).isPresent());
    }

    @Test void anUpdateThatWaitsForItsBytesGoesOnAsSoonAsTheyAreHere() throws Exception {
        rules.stored = false;
        var washer = new ObjectKey("home", "washer");
        var image = new ObjectKey("home", "washer-2-0-0");
        client.create(Kinds.DEVICE_MODELS, JsonObject.of("metadata", JsonObject.of("name", "washer"), "spec", JsonObject.of("firmware",
                JsonObject.of("channel", "Ddi"), "properties", JsonArray.of(JsonObject.of("name", "on", "type", "Boolean")))));
        client.create(Kinds.FIRMWARES, JsonObject.of("metadata", JsonObject.of("namespace", "home", "name", image.name()), "spec",
                JsonObject.of("modelName", "washer", "version", "2.0.0", "sha256", "digest")));
        client.create(Kinds.DEVICES, JsonObject.of("metadata", JsonObject.of("namespace", "home", "name", washer.name()), "spec", JsonObject.of(
                "modelName", "washer", "connection", JsonObject.of("fake", JsonObject.EMPTY), "firmware", JsonObject.of("firmwareName", image.name()))));
        await(washer, device -> device.at("status", "firmware", "reason").text("").equals("NotReady"));
        rules.stored = true;
        client.patchStatus(Kinds.FIRMWARES, image, Patch.merge("status", JsonObject.of("conditions",
                JsonArray.of(JsonObject.of("type", "Stored", "status", "True")))));
        await(washer, device -> device.at("status", "firmware", "reason").text("").equals("WaitsForDevice"));
    }

    private void awaitDriver() {
        while (driver.listener() == null) Thread.onSpinWait();
    }

    private static boolean conditionIs(Json device, String type, String status) {
        return device.at("status", "conditions").array().stream()
                .anyMatch(c -> c.at("type").text("").equals(type) && c.at("status").text("").equals(status));
    }

    @Test void admissionRefusesWhatAnInterlockForbidsAndSaysWhy() throws Exception {
        lamp("on", true);
        device("heater");
        client.create(Kinds.INTERLOCKS, JsonObject.of("metadata", JsonObject.of("namespace", "home", "name", "not-both"), "spec", JsonObject.of(
                "description", "lamp and heater share a fuse", "never", "device('lamp').on && device('heater').on", "safeValues",
                JsonArray.of(JsonObject.of("deviceName", "heater", "property", "on", "value", false)))));
        await(LAMP, device -> conditionIs(device, "InSync", "False"));
        var answer = review("heater", true);
        while (answer.at("response", "allowed").bool(false)) answer = review("heater", true);
        assertEquals("refused by interlock not-both: lamp and heater share a fuse (lamp is wanted on=true)",
                answer.at("response", "status", "message").text(""));
        assertTrue(review("heater", false).at("response", "allowed").bool(false), "a safe value passes");
        assertFalse(review("heater", "warm").at("response", "allowed").bool(true), "a Boolean is no text");
    }

    private Json review(String device, Object on) {
        var object = client.get(Kinds.DEVICES, new ObjectKey("home", device)).object().withAt(on, "spec", "desired", "on");
        return gateway.review(JsonObject.of("request", JsonObject.of("uid", "1", "operation", "UPDATE", "kind", JsonObject.of("kind", "Device"),
                "object", object, "oldObject", client.get(Kinds.DEVICES, new ObjectKey("home", device)))));
    }
}
