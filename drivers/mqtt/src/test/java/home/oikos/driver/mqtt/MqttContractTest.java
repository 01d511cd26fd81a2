package home.oikos.driver.mqtt;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.driver.CommandingDriverContract;
import home.oikos.driver.Driver;
import home.oikos.driver.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// The contract over a real broker; its own command-line clients are the devices.
class MqttContractTest extends CommandingDriverContract {
    private static final String READY = "test/ready";

    @TempDir Path directory;
    private Mosquitto broker;
    private Process ear;

    @Override
    protected Driver open() throws IOException {
        broker = new Mosquitto(directory);
        return new MqttDriver(MqttSettings.plain("127.0.0.1", broker.port, "test"), Clock.systemUTC());
    }

    @AfterEach void close() {
        if (ear != null) ear.destroy();
        broker.close();
    }

    @Override
    protected JsonObject connection(String device) {
        return JsonObject.of("topic", "test/" + device);
    }

    @Override
    protected JsonObject nonsense() {
        return JsonObject.of("topic", "test/+/#");
    }

    /// Retained, for the driver may still be on its way to subscribe.
    @Override
    protected void say(String device, boolean on) throws IOException {
        broker.publish("test/" + device, JsonObject.of("on", on).toString(), "-r");
    }

    @Override
    protected BlockingQueue<Value> listen(String device) throws Exception {
        ear = new ProcessBuilder("mosquitto_sub", "-p", Integer.toString(broker.port), "-q", "1", "-t", "test/" + device + "/set", "-t", READY)
                .redirectErrorStream(true).start();
        var values = new LinkedBlockingQueue<Value>();
        var ready = new LinkedBlockingQueue<String>();
        Thread.ofVirtual().start(() -> hear(ear.inputReader(), values, ready));
        do broker.publish(READY, "ready"); while (ready.poll(200, TimeUnit.MILLISECONDS) == null);
        return values;
    }

    private static void hear(BufferedReader lines, BlockingQueue<Value> values, BlockingQueue<String> ready) {
        try (lines) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("ready")) ready.add(line);
                else Value.of(Json.parse(line).at("on")).ifPresent(values::add);
            }
        } catch (IOException cut) {
            throw new UncheckedIOException(cut);
        }
    }

    @Override
    protected void cutLink() {
        broker.kill();
    }

    @Override
    protected void mendLink() throws IOException {
        broker.start();
    }
}
