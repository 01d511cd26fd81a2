package home.oikos.driver.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.driver.Command;
import home.oikos.driver.HeardListener;
import home.oikos.driver.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MqttDriverTest {
    private static final ObjectKey LIGHT = new ObjectKey("home", "light");
    private static final ObjectKey METER = new ObjectKey("home", "meter");

    @TempDir Path directory;
    private Mosquitto broker;
    private final HeardListener listener = new HeardListener();
    private MqttDriver driver;

    @BeforeEach void start() throws Exception {
        broker = new Mosquitto(directory);
        driver = open(listener);
        listener.await("up");
    }

    @AfterEach void stop() {
        driver.close();
        broker.close();
    }

    private MqttDriver open(HeardListener told) {
        var opened = new MqttDriver(MqttSettings.plain("127.0.0.1", broker.port, "test"), Clock.systemUTC());
        opened.start(told);
        opened.serve(Map.of(LIGHT, JsonObject.of("topic", "zigbee2mqtt/light", "format", "Zigbee2mqtt",
                        "properties", JsonArray.of(JsonObject.of("name", "brightness", "factor", "0.3937007874"))),
                METER, JsonObject.of("topic", "house/meter/state", "properties", JsonArray.of(JsonObject.of("name", "flow", "path", "water.flow")))));
        return opened;
    }

    /// Nothing published before the subscription is there arrives: a retained message does.
    private void awaitSubscription() throws Exception {
        broker.publish("zigbee2mqtt/light/availability", "{\"state\":\"online\"}", "-r");
        listener.await("light online");
    }

    @Test void stateMessagesBecomeReadings() throws Exception {
        awaitSubscription();
        broker.publish("zigbee2mqtt/light", "{\"state\":\"ON\",\"brightness\":127,\"linkquality\":90}");
        assertEquals("light.brightness=50", listener.next());
        assertEquals("light.on=true", listener.next());
        assertEquals("light.linkquality=90", listener.next());
        broker.publish("house/meter/state", "{\"water\":{\"flow\":1.5},\"other\":[1,2]}");
        assertEquals("meter.flow=1.5", listener.next());
    }

    @Test void commandsBecomeMessages() throws Exception {
        awaitSubscription();
        var heard = broker.subscribe("zigbee2mqtt/light/set", 2);
        var ready = broker.subscribe("zigbee2mqtt/ready", 1);
        broker.publish("zigbee2mqtt/ready", "x", "-r");
        ready.onExit().join();
        while (heard.isAlive()) {
            driver.send(new Command(LIGHT, "on", new Value.Bool(false)));
            driver.send(new Command(LIGHT, "brightness", new Value.Number(40)));
            heard.waitFor(200, TimeUnit.MILLISECONDS);
        }
        var lines = new String(heard.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().sorted().toList();
        assertEquals("zigbee2mqtt/light/set {\"brightness\":102}", lines.getFirst());
        assertEquals("zigbee2mqtt/light/set {\"state\":\"OFF\"}", lines.getLast());
    }

    @Test void unacknowledgedMessagesComeAgainAfterASuddenEnd() throws Exception {
        awaitSubscription();
        listener.acknowledging = false;
        broker.publish("zigbee2mqtt/light", "{\"state\":\"ON\"}");
        listener.await("light.on=true");
        driver.close();
        var second = new HeardListener();
        driver = open(second);
        second.await("light.on=true");
    }

    @Test void anAcknowledgedMessageDoesNotComeAgain() throws Exception {
        awaitSubscription();
        listener.acknowledging = false;
        broker.publish("zigbee2mqtt/light", "{\"state\":\"ON\"}");
        listener.await("light.on=true");
        listener.deliveries.take().acknowledge();
        broker.publish("zigbee2mqtt/light", "{\"state\":\"OFF\"}");
        listener.await("light.on=false");
        driver.close();
        var second = new HeardListener();
        driver = open(second);
        String line = second.next();
        while (!line.startsWith("light.on")) line = second.next();
        assertEquals("light.on=false", line);
    }

    @Test void aBrokerThatDiesIsFoundAgain() throws Exception {
        awaitSubscription();
        broker.kill();
        listener.await("down");
        assertThrows(IOException.class, () -> driver.send(new Command(LIGHT, "on", new Value.Bool(true))));
        broker.start();
        listener.await("up");
        broker.publish("zigbee2mqtt/light", "{\"state\":\"ON\"}");
        listener.await("light.on=true");
    }

    @Test void badPayloadsAreToldAndChangeNothing() throws Exception {
        awaitSubscription();
        broker.publish("zigbee2mqtt/light", "{\"state\":");
        assertTrue(listener.next().startsWith("refused zigbee2mqtt/light: expected JSON"));
        broker.publish("house/meter/state", new byte[100_000]);
        assertTrue(listener.next().startsWith("refused house/meter/state: expected at most 65536 bytes"));
        broker.publish("zigbee2mqtt/bridge/devices", "[".repeat(5_000));
        assertTrue(listener.next().startsWith("refused zigbee2mqtt/bridge/devices: expected JSON"));
        broker.publish("homeassistant/sensor/x/config", "\"hello\"");
        assertTrue(listener.next().startsWith("refused homeassistant/sensor/x/config: expected"));
    }

    @Test void aFloodOfBadPayloadsIsToldOnce() throws Exception {
        awaitSubscription();
        for (int i = 0; i < 20; i++) broker.publish("zigbee2mqtt/light", "no json " + i);
        broker.publish("zigbee2mqtt/light", "{\"state\":\"ON\"}");
        assertTrue(listener.next().startsWith("refused zigbee2mqtt/light"));
        assertEquals("light.on=true", listener.next());
    }

    @Test void theBridgeTakesItsDevicesWithIt() throws Exception {
        awaitSubscription();
        broker.publish("zigbee2mqtt/bridge/state", "{\"state\":\"offline\"}", "-r");
        listener.await("light offline");
        broker.publish("zigbee2mqtt/bridge/state", "{\"state\":\"online\"}", "-r");
        listener.await("light online");
    }
}
