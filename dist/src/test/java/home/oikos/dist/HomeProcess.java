package home.oikos.dist;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.host.Instance;
import home.oikos.simulation.HouseControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `oikos home` as a real process.
record HomeProcess(Process process, Path data, int page) implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    /// Returns when its page answers.
    static HomeProcess start(Path data, Path kubeconfig, int page, String... more) throws IOException {
        Files.createDirectories(data);
        var words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx96m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-cp",
                System.getProperty("java.class.path"), Main.class.getName(), "home", "--data", data.toString(), "--kubeconfig", kubeconfig.toString(),
                "--page", "127.0.0.1:" + page));
        words.addAll(List.of(more));
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        var said = new StringBuilder();
        var reader = process.inputReader();
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            said.append(line).append('\n');
            if (line.strip().startsWith("page")) return new HomeProcess(process, data, page);
        }
        throw new AssertionError("oikos home ended: " + said);
    }

    String story() throws IOException {
        return Files.readString(data.resolve("oikos.log"));
    }

    /// Asks the simulated house beside it, which opens its ear a little after the page.
    Json house(JsonObject question) throws Exception {
        var ear = Instance.of(data).runDir().resolve(SimulatedHouse.SOCKET);
        try (var folder = ear.getFileSystem().newWatchService()) {
            ear.getParent().register(folder, StandardWatchEventKinds.ENTRY_CREATE);
            while (!Files.exists(ear)) {
                var seen = folder.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (seen == null) throw new AssertionError("no simulated house: " + story());
                seen.reset();
            }
        }
        return HouseControl.ask(ear, question);
    }

    Json truth(String device, String property) throws Exception {
        return house(JsonObject.of("truth", true)).at(device, property);
    }

    /// As kill -9: nothing is closed, broker and simulated house live on.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly();
    }
}
