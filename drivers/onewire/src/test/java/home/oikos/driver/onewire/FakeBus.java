package home.oikos.driver.onewire;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A real owserver (Debian packages `owserver`, `ow-shell`) with a bus that it makes up, on a free port of this machine.
final class FakeBus implements AutoCloseable {
    private final List<String> command;
    final int port;
    private Process process;

    /// @param bus `--fake` says random values, `--mock` what was last written, `--tester` always the same
    FakeBus(String bus) throws IOException {
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        command = List.of("owserver", "--foreground", bus, "--port", "127.0.0.1:" + port);
        start();
    }

    void start() throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        for (long end = System.nanoTime() + 10_000_000_000L; System.nanoTime() < end; Thread.onSpinWait()) {
            try (var _ = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException notYet) {
                if (!process.isAlive()) throw new IOException("owserver ended with " + process.exitValue());
            }
        }
        throw new IOException("owserver does not listen");
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /// The thermometers on it, in the order it was given them.
    List<String> thermometers() throws IOException {
        return Arrays.stream(shell("owdir", "/").split("\n")).filter(name -> name.startsWith("/28.")).map(name -> name.substring(1)).toList();
    }

    void write(String path, String value) throws IOException {
        shell("owwrite", path, value);
    }

    private String shell(String program, String... words) throws IOException {
        var all = new ArrayList<>(List.of(program, "-s", address()));
        all.addAll(List.of(words));
        var client = new ProcessBuilder(all).redirectErrorStream(true).start();
        var said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (client.onExit().join().exitValue() != 0) throw new IOException(said);
        return said;
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        try {
            process.destroy();
            if (!process.waitFor(5, TimeUnit.SECONDS)) kill();
        } catch (InterruptedException hurried) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}
