package home.oikos.driver.mqtt;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A real Mosquitto (Debian package `mosquitto`) on a free port of this machine, in a directory of its own.
final class Mosquitto implements AutoCloseable {
    private final Path directory;
    final int port;
    private Process process;

    Mosquitto(Path directory) throws IOException {
        this.directory = directory;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        start();
    }

    void start() throws IOException {
        var config = directory.resolve("mosquitto.conf");
        Files.writeString(config, """
                listener %d 127.0.0.1
                allow_anonymous true
                user root
                persistence true
                persistence_location %s/
                max_inflight_messages 100
                """.formatted(port, directory));
        process = new ProcessBuilder("mosquitto", "-c", config.toString()).redirectErrorStream(true)
                .redirectOutput(directory.resolve("mosquitto.log").toFile()).start();
        awaitPort();
    }

    private void awaitPort() throws IOException {
        for (long end = System.nanoTime() + 10_000_000_000L; System.nanoTime() < end; Thread.onSpinWait()) {
            try (var _ = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException notYet) {
                if (!process.isAlive()) throw new IOException("mosquitto ended: " + Files.readString(directory.resolve("mosquitto.log")));
            }
        }
        throw new IOException("mosquitto does not listen");
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /// Publishes with the broker's own client.
    void publish(String topic, String payload, String... more) throws IOException {
        publish(topic, payload.getBytes(StandardCharsets.UTF_8), more);
    }

    void publish(String topic, byte[] payload, String... more) throws IOException {
        var command = new ArrayList<>(List.of("mosquitto_pub", "-p", Integer.toString(port), "-q", "1", "-t", topic, "-s"));
        command.addAll(List.of(more));
        var client = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var in = client.getOutputStream()) {
            in.write(payload);
        }
        if (client.onExit().join().exitValue() != 0) throw new IOException(new String(client.getInputStream().readAllBytes()));
    }

    /// Starts to listen; the lines are `topic payload`.
    Process subscribe(String topic, int messages) throws IOException {
        return new ProcessBuilder("mosquitto_sub", "-p", Integer.toString(port), "-q", "1", "-t", topic, "-v", "-C", Integer.toString(messages), "-W", "20")
                .redirectErrorStream(true).start();
    }

    @Override
    public void close() {
        try {
            process.destroy();
            if (!process.waitFor(5, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
