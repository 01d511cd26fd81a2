package home.oikos.driver.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import home.oikos.driver.HeardListener;
import home.oikos.driver.MessageLine.Question;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Questions to a device over a real Mosquitto. The device says other things first, as devices do.
class MessageLineTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final Mosquitto mosquitto;
    private final MqttDriver driver;
    private final Vertx vertx = Vertx.vertx();
    private final HeardListener listener = new HeardListener();

    MessageLineTest(@TempDir Path directory) throws IOException {
        mosquitto = new Mosquitto(directory);
        driver = new MqttDriver(MqttSettings.plain("127.0.0.1", mosquitto.port, "gateway"), Clock.systemUTC());
    }

    private void open() throws InterruptedException {
        driver.start(listener);
        listener.await("up");
        var device = MqttClient.create(vertx);
        device.connect(mosquitto.port, "127.0.0.1").await();
        device.publishHandler(message -> {
            for (var said : new String[] {"RESULT {\"OtaUrl\":\"x\"}", "STATUS2 {\"StatusFWR\":{\"Version\":\"14.3.0\"}}", "STATUS2 {\"StatusFWR\":{}}"}) {
                device.publish("stat/plug/" + said.split(" ")[0], Buffer.buffer(said.split(" ")[1]), MqttQoS.AT_LEAST_ONCE, false, false);
            }
        });
        device.subscribe("cmnd/plug/Status", 1).await();
        device.publish("stat/plug/STATUS2", Buffer.buffer("{\"StatusFWR\":{\"Version\":\"long ago\"}}"), MqttQoS.AT_LEAST_ONCE, false, true).await();
    }

    @AfterEach void close() {
        driver.close();
        vertx.close().await();
        mosquitto.close();
    }

    private static Question question(String topic) {
        return new Question(topic, "2", "stat/plug/+", said -> said.contains("StatusFWR"));
    }

    @Test void theFirstAnswerCountsAndNeitherWhatTheBrokerKeptNorWhatIsNone() throws Exception {
        open();
        for (int round = 0; round < 2; round++) assertEquals("{\"StatusFWR\":{\"Version\":\"14.3.0\"}}", driver.ask(question("cmnd/plug/Status"), LONG));
    }

    @Test void whoDoesNotAnswerIsNamed() throws Exception {
        open();
        var silent = assertThrows(IOException.class, () -> driver.ask(question("cmnd/lamp/Status"), SHORT));
        assertEquals("no answer at stat/plug/+ within 300 ms", silent.getMessage());
    }

    @Test void withoutAConnectionNothingIsAsked() {
        assertThrows(IOException.class, () -> driver.ask(question("cmnd/plug/Status"), LONG));
    }
}
