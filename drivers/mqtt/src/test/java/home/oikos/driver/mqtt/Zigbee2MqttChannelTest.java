package home.oikos.driver.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import home.oikos.api.JsonObject;
import home.oikos.api.JsonString;
import home.oikos.api.ObjectKey;
import home.oikos.driver.ByteImage;
import home.oikos.driver.FirmwareChannel;
import home.oikos.driver.FirmwareImage;
import home.oikos.driver.FirmwareOffer;
import home.oikos.driver.FirmwareOffer.Stage;
import home.oikos.driver.FirmwareTarget;
import home.oikos.driver.HeardFirmware;
import home.oikos.driver.HeardListener;
import home.oikos.driver.ImagePlace;
import home.oikos.driver.ImageRecipient;
import home.oikos.driver.ImageServer;
import io.vertx.mqtt.MqttClientOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Updates behind a simulated bridge, over a real Mosquitto; the test stands for the gateway.
class Zigbee2MqttChannelTest {
    private static final ObjectKey PLUG = new ObjectKey("home", "plug");
    private static final ByteImage IMAGE = new ByteImage("plug-2.ota", "200\nthe rest of it".getBytes(StandardCharsets.US_ASCII));

    private final HeardFirmware heard = new HeardFirmware();
    private final HeardListener listener = new HeardListener();
    private final Places places = new Places();
    private final Mosquitto mosquitto;
    private final MqttDriver driver;
    private final FirmwareChannel channel;
    private SimulatedBridge bridge;
    private SimulatedBridge.Gadget plug;
    private boolean sleepy;
    private String version = "100";

    Zigbee2MqttChannelTest(@TempDir Path directory) throws Exception {
        mosquitto = new Mosquitto(directory);
        driver = new MqttDriver(MqttSettings.plain("127.0.0.1", mosquitto.port, "gateway"), Clock.systemUTC());
        channel = driver.zigbeeFirmware(places, Duration.ofMillis(50));
        driver.start(listener);
        channel.start(heard);
        listener.await("up");
    }

    private void bridge(String itsVersion) {
        bridge = new SimulatedBridge(new MqttClientOptions(), "127.0.0.1", mosquitto.port, itsVersion);
        plug = bridge.device("plug", 100);
    }

    @AfterEach void close() {
        driver.close();
        channel.close();
        if (bridge != null) bridge.close();
        mosquitto.close();
        places.server.stop(0);
    }

    /// Places of another kind than the home's own: here it counts that each is asked for, and closed.
    private static final class Places implements ImageServer {
        private final HttpServer server;
        private final Map<String, FirmwareImage> open = new ConcurrentHashMap<>();
        private final AtomicInteger last = new AtomicInteger();
        private final BlockingQueue<ImageRecipient> recipients = new LinkedBlockingQueue<>();
        private volatile boolean full;

        Places() throws IOException {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.createContext("/", exchange -> {
                try (exchange) {
                    var image = open.get(exchange.getRequestURI().getPath());
                    var bytes = image == null ? new byte[0] : image.open(0).readAllBytes();
                    exchange.sendResponseHeaders(image == null ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
                    exchange.getResponseBody().write(bytes);
                }
            });
            server.start();
        }

        @Override
        public ImagePlace open(ImageRecipient recipient, FirmwareImage image, IntConsumer left) throws IOException {
            if (full) throw new IOException("64 images are handed out already");
            recipients.add(recipient);
            var path = "/" + last.incrementAndGet() + "-" + image.fileName();
            open.put(path, image);
            return new ImagePlace() {
                @Override
                public CompletableFuture<String> url() {
                    return CompletableFuture.completedFuture("http://127.0.0.1:" + server.getAddress().getPort() + path);
                }

                @Override
                public void close() {
                    open.remove(path);
                }
            };
        }
    }

    private static Optional<FirmwareOffer> offer(Stage stage, String wanted, boolean canceling) {
        return Optional.of(new FirmwareOffer(1, "plug-2", wanted, IMAGE, false, stage, canceling));
    }

    private static Optional<FirmwareOffer> offer(Stage stage) {
        return offer(stage, "200", false);
    }

    private void serve(Optional<FirmwareOffer> offer) {
        serve(offer, JsonObject.EMPTY, "zigbee2mqtt/plug");
    }

    private void serve(Optional<FirmwareOffer> offer, JsonObject device, String topic) {
        var model = JsonObject.of("channel", "Zigbee2mqtt", "sleepy", sleepy);
        channel.serve(Map.of(PLUG, new FirmwareTarget(model, device, JsonObject.of("mqtt", JsonObject.of("topic", topic, "format", "Zigbee2mqtt")), "", version,
                offer, Optional.empty())));
    }

    private void takesItUp() throws InterruptedException {
        serve(offer(Stage.OFFERED));
        heard.await("plug TakenUp 1");
        serve(offer(Stage.LOADING));
    }

    private void asked(String... requests) throws InterruptedException {
        for (var request : requests) assertEquals(request, bridge.asked.poll(60, TimeUnit.SECONDS));
    }

    @Test void aDeviceIsDoneOnceTheBridgeHasAskedItWhatItRuns() throws Exception {
        bridge("2.14.1");
        takesItUp();
        heard.await("plug Loaded 1, 50");
        heard.await("plug Loaded 1, 100");
        heard.await("plug Written 1");
        heard.await("plug Done 1");
        heard.await("plug Running 200");
        asked("update plug", "check plug");
        assertEquals(200, plug.runs());
        assertEquals(0, places.open.size(), "nothing is handed out any more");
    }

    @Test void whatMayNotBeTakenUpYetIsTakenUpWhenItIsOfferedAgain() throws Exception {
        bridge("2.14.1");
        heard.grants = false;
        serve(offer(Stage.OFFERED));
        heard.await("plug TakenUp 1");
        heard.grants = true;
        serve(Optional.empty());
        serve(offer(Stage.OFFERED));
        heard.await("plug TakenUp 1");
    }

    @Test void whatTheBrokerKeptIsHeardThoughTheDriverListensThereAlready() throws Exception {
        bridge("2.14.1");
        version = "";
        mosquitto.publish("zigbee2mqtt/plug", "{\"state\":\"ON\",\"update\":{\"state\":\"idle\",\"installed_version\":100}}", "-r");
        driver.serve(Map.of(PLUG, JsonObject.of("topic", "zigbee2mqtt/plug", "format", "Zigbee2mqtt")));
        listener.await("plug.on=true");
        serve(Optional.empty());
        heard.await("plug Running 100");
    }

    @Test void theBridgesWordIsNoProof() throws Exception {
        bridge("2.14.1");
        plug.fault = SimulatedBridge.Fault.REVERTS;
        takesItUp();
        heard.await("plug Written 1");
        assertEquals("plug Done 1", heard.next(), "what the bridge believes meanwhile is not told");
        heard.await("plug Running 100");
    }

    @Test void anErrorOfTheBridgeIsAFailureInItsWords() throws Exception {
        bridge("2.14.1");
        plug.fault = SimulatedBridge.Fault.FAILS;
        takesItUp();
        assertEquals("plug Failed 1, Zigbee2MQTT says: OTA update of 'plug' failed (Timeout. Device did not start/finish firmware downl…",
                heard.await("plug Failed"));
    }

    @Test void aDeviceThatVanishesAfterItsUpdateIsAskedAgainUntilItIsThere() throws Exception {
        bridge("2.14.1");
        plug.fault = SimulatedBridge.Fault.VANISHES;
        takesItUp();
        heard.await("plug Written 1");
        asked("update plug", "check plug", "check plug", "check plug");
        plug.fault = SimulatedBridge.Fault.NONE;
        heard.await("plug Done 1");
    }

    @Test void anOlderVersionGoesTheOtherWay() throws Exception {
        bridge("2.14.1");
        bridge.device("plug", 300);
        version = "300";
        takesItUp();
        asked("update/downgrade plug");
        heard.await("plug Done 1");
    }

    private String awaitSchedule(String before) {
        for (long end = System.nanoTime() + 60_000_000_000L; plug.scheduled().equals(before); Thread.onSpinWait()) assertTrue(System.nanoTime() < end, before);
        return plug.scheduled();
    }

    @Test void aSleeperIsScheduledAndDoneWhenItsStateSaysSo() throws Exception {
        bridge("2.14.1");
        sleepy = true;
        serve(offer(Stage.OFFERED));
        asked("schedule plug");
        awaitSchedule("");
        plug.wakes();
        heard.await("plug TakenUp 1");
        heard.await("plug Loaded 1, 50");
        heard.await("plug Done 1");
        heard.await("plug Running 200");
    }

    @Test void aSleeperWhoseUpdateBrokeOffBeginsAgainFromAnotherPlace() throws Exception {
        bridge("2.14.1");
        sleepy = true;
        plug.fault = SimulatedBridge.Fault.FAILS;
        serve(offer(Stage.OFFERED));
        var first = awaitSchedule("");
        plug.wakes();
        heard.await("plug TakenUp 1");
        serve(offer(Stage.LOADING));
        plug.fault = SimulatedBridge.Fault.NONE;
        awaitSchedule(first);
        plug.wakes();
        heard.await("plug Done 1");
    }

    @Test void aWishThatIsGoneIsUnscheduled() throws Exception {
        bridge("2.14.1");
        sleepy = true;
        serve(offer(Stage.OFFERED));
        asked("schedule plug");
        serve(Optional.empty());
        asked("unschedule plug");
        assertEquals(0, places.open.size());
    }

    @Test void aSleeperThatSomebodyElseUnscheduledHasFailed() throws Exception {
        bridge("2.14.1");
        sleepy = true;
        serve(offer(Stage.OFFERED));
        asked("schedule plug");
        awaitSchedule("");
        mosquitto.publish("zigbee2mqtt/bridge/request/device/ota_update/unschedule", "{\"id\":\"plug\"}");
        assertEquals("plug Failed 1, Zigbee2MQTT has it scheduled no longer, and it runs 100.", heard.await("plug Failed"));
    }

    @Test void whatIsUnderWayIsBrokenOffWhenItIsToStop() throws Exception {
        bridge("2.14.1");
        plug.goesOn.drainPermits();
        takesItUp();
        heard.await("plug Loaded 1, 50");
        serve(offer(Stage.LOADING, "200", true));
        heard.await("plug Stopped 1");
        asked("update plug", "update/abort plug");
        assertEquals(100, plug.runs());
    }

    @Test void anUpdateThatEndsBecauseItIsToStopHasNotFailed() throws Exception {
        bridge("2.14.1");
        plug.fault = SimulatedBridge.Fault.ANSWERS_ABORT_LAST;
        plug.goesOn.drainPermits();
        takesItUp();
        heard.await("plug Loaded 1, 50");
        serve(offer(Stage.LOADING, "200", true));
        assertEquals("plug Stopped 1", heard.next());
    }

    @Test void aBridgeThatCannotBreakOffGoesOn() throws Exception {
        bridge("2.11.0");
        plug.goesOn.drainPermits();
        takesItUp();
        heard.await("plug Loaded 1, 50");
        serve(offer(Stage.LOADING, "200", true));
        heard.await("plug GoesOn 1");
        plug.goesOn.release();
        serve(offer(Stage.LOADING));
        heard.await("plug Done 1");
        asked("update plug", "check plug");
    }

    @Test void aBridgeThatWouldFetchAnotherImageIsNotAsked() throws Exception {
        bridge("2.7.2");
        serve(offer(Stage.OFFERED));
        assertEquals("plug Failed 1, Zigbee2MQTT 2.7 fetches no image from this home; expected 2.8 or newer.", heard.await("plug Failed"));
        assertEquals(0, bridge.asked.size());
    }

    @Test void afterARestartADeviceIsAskedBeforeItIsUpdatedAgain() throws Exception {
        bridge("2.14.1");
        serve(offer(Stage.LOADING));
        heard.await("plug Done 1");
        asked("check plug", "update plug", "check plug");
    }

    @Test void afterARestartADeviceThatIsThroughIsNotUpdatedTwice() throws Exception {
        bridge("2.14.1");
        bridge.device("plug", 200);
        serve(offer(Stage.LOADING));
        heard.await("plug Done 1");
        asked("check plug");
    }

    @Test void afterARestartAnUpdateUnderWayIsAwaited() throws Exception {
        bridge("2.14.1");
        plug.goesOn.drainPermits();
        var earlier = places.open(new ImageRecipient(PLUG, Set.of(), Duration.ofMinutes(1)), IMAGE, _ -> { }).url().get();
        mosquitto.publish("zigbee2mqtt/bridge/request/device/ota_update/update", JsonObject.of("id", "plug", "url", earlier).toString());
        asked("update plug");
        serve(offer(Stage.LOADING));
        asked("check plug", "check plug", "check plug");
        plug.goesOn.release();
        heard.await("plug Done 1");
        assertTrue(bridge.asked.stream().noneMatch("update plug"::equals), "not begun again");
    }

    @Test void anOfferInPlaceOfAnotherBreaksThatOneOff() throws Exception {
        bridge("2.14.1");
        plug.goesOn.drainPermits();
        takesItUp();
        heard.await("plug Loaded 1, 50");
        serve(Optional.of(new FirmwareOffer(2, "plug-2", "200", IMAGE, false, Stage.OFFERED, false)));
        asked("update plug", "update/abort plug");
        heard.await("plug TakenUp 2");
        serve(Optional.of(new FirmwareOffer(2, "plug-2", "200", IMAGE, false, Stage.LOADING, false)));
        heard.await("plug Done 2");
    }

    @Test void aBridgeThatForgotAnUpdateIsAskedAgainWhenItIsBack() throws Exception {
        bridge("2.14.1");
        plug.goesOn.drainPermits();
        takesItUp();
        heard.await("plug Loaded 1, 50");
        bridge.forgets();
        bridge.comesBack();
        heard.await("plug Done 1");
    }

    @Test void nonsenseIsNamedAndNothingFollows() throws Exception {
        bridge("2.14.1");
        plug.goesOn.drainPermits();
        takesItUp();
        heard.await("plug Loaded 1, 50");
        bridge.publish("zigbee2mqtt/bridge/response/device/ota_update/update", new JsonString("{"), false);
        mosquitto.publish("zigbee2mqtt/bridge/response/device/ota_update/update", "{\"status\":");
        assertTrue(heard.await("refused zigbee2mqtt/bridge/response/device/ota_update/update").contains("expected JSON"));
        mosquitto.publish("zigbee2mqtt/bridge/response/device/ota_update/update", "{\"status\":\"ok\",\"transaction\":\"somebody else's\"}");
        mosquitto.publish("zigbee2mqtt/plug", "{\"update\":[1,2]}");
        mosquitto.publish("zigbee2mqtt/plug", "{\"update\":{\"state\":7,\"installed_version\":{},\"progress\":\"much\"}}");
        plug.goesOn.release();
        heard.await("plug Done 1");
    }

    @Test void anAddressThatIsNoneAndARoomThatIsFullAreNamedAndTriedAgain() throws Exception {
        bridge("2.14.1");
        serve(offer(Stage.OFFERED), JsonObject.of("address", "bridge.local"), "zigbee2mqtt/plug");
        heard.await("plug TakenUp 1");
        serve(offer(Stage.LOADING), JsonObject.of("address", "bridge.local"), "zigbee2mqtt/plug");
        assertEquals("refused home/plug: expected spec.firmware.address to be the bridge's address in digits, found \"bridge.local\"", heard.await("refused"));
        places.full = true;
        serve(offer(Stage.LOADING), JsonObject.of("address", "127.0.0.1"), "zigbee2mqtt/plug");
        places.full = false;
        heard.await("plug Done 1");
        assertEquals("[/127.0.0.1]", places.recipients.take().addresses().toString());
    }

    @Test void aDeviceThatIsBehindNoBridgeIsNamed() throws Exception {
        bridge("2.14.1");
        serve(offer(Stage.OFFERED), JsonObject.EMPTY, "");
        assertEquals("refused spec.connection.mqtt of home/plug: expected the topic of a device behind a Zigbee2MQTT bridge, as in zigbee2mqtt/lamp",
                heard.next());
    }
}
