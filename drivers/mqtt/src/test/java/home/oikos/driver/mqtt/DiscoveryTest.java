package home.oikos.driver.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.driver.Announcement;
import home.oikos.driver.Delivery;
import home.oikos.driver.HeardListener;
import home.oikos.driver.Refusals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What bridges and devices say of themselves, as recorded messages, against the model and connection made of it.
class DiscoveryTest {
    private final HeardListener listener = new HeardListener();
    private final Desk desk = new Desk(MqttSettings.plain("127.0.0.1", 1, "test"), listener, new Refusals(listener, Clock.systemUTC()));

    private final Map<ObjectKey, JsonObject> served = new HashMap<>();

    private static byte[] resource(String name) throws IOException {
        try (var in = DiscoveryTest.class.getResourceAsStream("/" + name)) {
            return in.readAllBytes();
        }
    }

    private void hear(String topic, byte[] payload) {
        desk.hear(topic, payload, true, Delivery.NONE);
    }

    private void hear(String topic, String payload) {
        hear(topic, payload.getBytes(StandardCharsets.UTF_8));
    }

    private static String golden(Announcement announcement) {
        return JsonObject.of("id", announcement.id(), "name", announcement.name(), "modelName", announcement.modelName(), "room", announcement.room(),
                "model", announcement.model(), "connection", announcement.connection()) + "\n";
    }

    private void assertGolden(String name) throws IOException {
        var all = new StringBuilder();
        for (var next = listener.announcements.poll(); next != null; next = listener.announcements.poll()) all.append(golden(next));
        assertEquals(new String(resource(name), StandardCharsets.UTF_8), all.toString());
    }

    @Test void zigbee2MqttsDevicesBecomeModelsAndConnections() throws Exception {
        hear("zigbee2mqtt/bridge/devices", resource("zigbee2mqtt-devices.json"));
        assertGolden("zigbee2mqtt-devices.golden");
    }

    @Test void homeAssistantsEntitiesOfOneDeviceComeTogether() throws Exception {
        hear("homeassistant/sensor/iSpindel_1a/temperature/config", resource("homeassistant-entity.json"));
        assertEquals(1, listener.announcements.size());
        listener.announcements.clear();
        hear("homeassistant/device/dishwasher/config", resource("homeassistant-device.json"));
        assertGolden("homeassistant-device.golden");
    }

    @Test void anIspindelsTopicsBecomeAModelAndAConnection() throws Exception {
        for (int wake = 0; wake < 2; wake++) {
            for (var line : new String(resource("ispindel-topics.txt"), StandardCharsets.UTF_8).lines().toList()) {
                if (wake == 0 && !line.contains("RSSI")) assertEquals(0, listener.announcements.size(), "too early before " + line);
                hear(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1));
            }
        }
        assertGolden("ispindel-topics.golden");
    }

    @Test void anIspindelThatHomeAssistantsFormDescribesAlreadyIsShownOnce() throws Exception {
        hear("homeassistant/sensor/iSpindel_1a/temperature/config", resource("homeassistant-entity.json"));
        desk.serve(Map.of(new ObjectKey("home", "one"), listener.announcements.remove().connection()));
        for (var value : new String[] {"temperature 19.5", "gravity 1.038", "temp_units C", "interval 900"}) {
            hear("ispindel/one/" + value.substring(0, value.indexOf(' ')), value.substring(value.indexOf(' ') + 1));
        }
        assertEquals(0, listener.announcements.size());
        assertEquals("one.temperature=19.5", listener.next());
    }

    private void tilt(int color, int points) {
        hear("tilts/scanner", "{\"uuid\":\"a495bb%d0c5b14b44b5121370f02d74de\",\"major\":68,\"minor\":%d}".formatted(color, points));
    }

    private void listensTo(String name, JsonObject connection) {
        served.put(new ObjectKey("home", name), connection);
        desk.serve(Map.copyOf(served));
    }

    private static JsonObject scanner(String color) {
        return JsonObject.of("topic", "tilts/scanner", "format", "Tilt", "color", color);
    }

    @Test void otherTiltsOnATopicThatADeviceListensToShowThemselves() throws Exception {
        tilt(3, 1_048);
        assertEquals(0, listener.announcements.size(), "nobody listens there");
        listensTo("red", scanner("Red"));
        for (int said = 0; said < 2; said++) for (int color : new int[] {1, 3}) tilt(color, 1_040 + color);
        var black = listener.announcements.remove();
        assertEquals("tilt/tilts/scanner/Black tilt-black tilt", black.id() + " " + black.name() + " " + black.modelName());
        assertEquals(0, listener.announcements.size(), "once, and the red one has an object");
        listensTo("black", black.connection());
        tilt(3, 1_050);
        assertTrue(listener.heard.contains("black.gravity=1.05"), listener.heard.toString());
        listener.heard.clear();
        listensTo("my-black", scanner("Black"));
        assertEquals("withdrawn " + black.id(), listener.next(), "somebody wrote theirs");
    }

    @Test void twoTiltsAreNeverReadAsOne() throws Exception {
        listensTo("any", JsonObject.of("topic", "tilts/scanner", "format", "Tilt"));
        tilt(1, 1_040);
        assertEquals("any.temperature=68", listener.next());
        assertEquals("any.gravity=1.04", listener.next());
        tilt(3, 1_060);
        tilt(1, 1_040);
        assertEquals("refused tilts/scanner: of home/any: Tilts of several colors speak here (Black, Red); say with color which one it is", listener.next());
        assertEquals(0, listener.heard.stream().filter(said -> said.startsWith("any")).count());
        assertEquals(0, listener.announcements.size(), "one of them is the device");
        listensTo("any", scanner("Red"));
        assertEquals("tilt-black", listener.announcements.remove().name());
    }

    @Test void moreIspindelsThanABreweryHasAreRefused() throws Exception {
        hear("ispindel/s0/gravity", "1".repeat(1_000));
        assertEquals("refused ispindel/s0/gravity: expected at most 64 bytes, found 1000", listener.next());
        for (int i = 0; i < 100; i++) {
            hear("ispindel/s" + i + "/temperature", "19.5");
            hear("ispindel/s" + i + "/gravity", "1.038");
            hear("ispindel/s" + i + "/interval", "900");
            hear("ispindel/s" + i + "/temp_units", i % 2 == 0 ? "C" : "parsecs");
        }
        assertEquals(IspindelTopics.NAMES_MAX / 2, listener.announcements.size());
        assertEquals("refused ispindel/s64/temperature: more than 64 iSpindels speak", listener.next());
    }

    @Test void aDeviceThatHasAnObjectIsNoDiscovery() throws Exception {
        desk.serve(Map.of(new ObjectKey("home", "bulb"), JsonObject.of("topic", "zigbee2mqtt/bulb", "format", "Zigbee2mqtt")));
        hear("zigbee2mqtt/bridge/devices", resource("zigbee2mqtt-devices.json"));
        assertTrue(listener.announcements.stream().noneMatch(announcement -> announcement.name().equals("bulb")));
        desk.serve(Map.of());
        assertTrue(listener.announcements.stream().anyMatch(announcement -> announcement.name().equals("bulb")), "its object is gone");
    }

    @Test void aDiscoveryWhoseObjectSomebodyWritesLaterIsTakenBackOnce() throws Exception {
        hear("zigbee2mqtt/bridge/devices", resource("zigbee2mqtt-devices.json"));
        var bulb = listener.announcements.stream().filter(announcement -> announcement.name().equals("bulb")).findFirst().orElseThrow();
        var discovered = Map.of(new ObjectKey("home", "bulb"), bulb.connection());
        var both = Map.of(new ObjectKey("home", "bulb"), bulb.connection(),
                new ObjectKey("home", "desk-lamp"), JsonObject.of("topic", "zigbee2mqtt/bulb", "format", "Zigbee2mqtt"));
        desk.serve(discovered);
        assertEquals(0, listener.heard.size(), "its own object is no second one");
        desk.serve(both);
        desk.serve(both);
        assertEquals("withdrawn " + bulb.id(), listener.next());
        assertEquals(0, listener.heard.size());
        listener.announcements.clear();
        desk.serve(Map.of(new ObjectKey("home", "desk-lamp"), both.get(new ObjectKey("home", "desk-lamp"))));
        assertEquals(0, listener.announcements.size(), "it has an object");
        desk.serve(Map.of());
        assertEquals(1, listener.announcements.stream().filter(announcement -> announcement.id().equals(bulb.id())).count(), "its object is gone");
    }

    @Test void ofTwoDiscoveriesOfOneDeviceOneStays() throws Exception {
        hear("zigbee2mqtt/bridge/devices", resource("zigbee2mqtt-devices.json"));
        hear("homeassistant/sensor/bulb/level/config", "{\"dev\":{\"ids\":\"zigbee_bulb\",\"name\":\"Bulb\"},\"stat_t\":\"zigbee2mqtt/bulb\"}");
        var twice = new HashMap<ObjectKey, JsonObject>();
        listener.announcements.stream().filter(announcement -> announcement.connection().toString().contains("zigbee2mqtt/bulb"))
                .forEach(announcement -> twice.put(new ObjectKey("home", announcement.id()), announcement.connection()));
        assertEquals(2, twice.size(), twice.toString());
        desk.serve(twice);
        desk.serve(twice);
        var gone = listener.next().substring("withdrawn ".length());
        assertEquals(0, listener.heard.size(), "the other stays");
        twice.remove(new ObjectKey("home", gone));
        desk.serve(twice);
        assertEquals(0, listener.heard.size());
    }

    @Test void anEmptyConfigurationWithdrawsADevice() throws Exception {
        hear("homeassistant/device/dishwasher/config", resource("homeassistant-device.json"));
        hear("homeassistant/device/dishwasher/config", "");
        assertEquals("withdrawn dishwasher", listener.next());
    }

    @Test void whatCannotBeReadIsToldAndTheOthersAreAnnounced() throws Exception {
        hear("homeassistant/camera/front/config", "{\"dev\":{\"ids\":\"c\"},\"t\":\"x\"}");
        assertEquals("refused homeassistant/camera/front/config: a camera is not understood", listener.next());
        hear("homeassistant/sensor/odd/config", "{\"dev\":{\"ids\":\"o\"},\"stat_t\":\"x\",\"val_tpl\":\"{% if value %}1{% endif %}\"}");
        assertEquals("refused homeassistant/sensor/odd/config: expected a path as template, found {% if value %}1{% endif %}", listener.next());
        hear("homeassistant/sensor/nobody/config", "{\"stat_t\":\"x\"}");
        assertEquals("refused homeassistant/sensor/nobody/config: expected a device with identifiers or connections", listener.next());
        hear("homeassistant/device/dishwasher/config", resource("homeassistant-device.json"));
        assertEquals(1, listener.announcements.size());
    }

    @Test void wildcardsInNamesAreNoTopics() throws Exception {
        hear("zigbee2mqtt/bridge/devices", """
                [{"ieee_address":"0x1","type":"Router","friendly_name":"a/#","supported":true,"definition":{"model":"m","vendor":"v","exposes":[]}}]""");
        assertEquals(0, listener.announcements.size());
        desk.serve(Map.of(new ObjectKey("home", "x"), JsonObject.of("topic", "a/+/b")));
        assertEquals("refused spec.connection.mqtt of home/x: \"a/+/b\" is no topic name", listener.next());
    }

    @Test void moreDevicesThanAHouseHasAreCutOff() throws Exception {
        var many = new StringBuilder("[");
        for (int i = 0; i < 1_500; i++) {
            many.append(i == 0 ? "" : ",").append("{\"ieee_address\":\"0x").append(i).append("\",\"type\":\"Router\",\"friendly_name\":\"d").append(i)
                    .append("\",\"supported\":true,\"definition\":{\"model\":\"m\",\"vendor\":\"v\",\"exposes\":[]}}");
        }
        hear("zigbee2mqtt/bridge/devices", many + "]");
        assertEquals(1_000, listener.announcements.size());
        assertEquals("refused zigbee2mqtt/bridge/devices: more than 1000 devices are announced", listener.next());
    }
}
