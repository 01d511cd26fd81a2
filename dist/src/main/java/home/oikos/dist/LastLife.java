package home.oikos.dist;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Resources;
import home.oikos.pki.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether the power was cut while the home last ran. A file names the boot of the machine under which the home runs, and is gone after an orderly end:
/// found at the next start under another boot, nobody had time to stop the home.
final class LastLife implements AutoCloseable {
    private static final String FILE = "running";
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final Path file;
    private final Optional<Instant> cut;

    private LastLife(Path file, Optional<Instant> cut) {
        this.file = file;
        this.cut = cut;
    }

    static LastLife begin(Path data) throws IOException {
        return begin(data, bootId());
    }

    /// Another one each time the machine is switched on.
    static String bootId() throws IOException {
        return Files.readString(BOOT_ID).strip();
    }

    static LastLife begin(Path data, String boot) throws IOException {
        var file = data.resolve(FILE);
        boolean cut = Files.exists(file) && !Files.readString(file).strip().equals(boot);
        var sign = cut ? lastSign(data) : Optional.<Instant>empty();
        SecretFile.write(file, boot.getBytes(StandardCharsets.US_ASCII));
        return new LastLife(file, sign);
    }

    /// The last instant at which the home is known to have written something before its power was cut; empty when it was not.
    Optional<Instant> cut() {
        return cut;
    }

    private static Optional<Instant> lastSign(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data, 2)) {
            return files.filter(Files::isRegularFile).map(LastLife::written).max(Instant::compareTo);
        }
    }

    private static Instant written(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException gone) {
            return Instant.EPOCH;
        }
    }

    /// Tells it as part of the home's story; once, however often the home is furnished.
    void tell(ApiClient client, Clock clock) {
        if (cut.isEmpty()) return;
        var name = "power-cut-" + Long.toHexString(cut.get().toEpochMilli());
        if (client.find(Resources.EVENTS, new ObjectKey("home", name)).isPresent()) return;
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var about = JsonObject.of("apiVersion", "v1", "kind", "Namespace", "name", "home", "namespace", "home");
        var message = "the power was cut; last sign of life %s, back at %s".formatted(cut.get().truncatedTo(ChronoUnit.SECONDS), now);
        client.create(Resources.EVENTS, JsonObject.of("apiVersion", "v1", "kind", "Event",
                "metadata", JsonObject.of("name", name, "namespace", "home"), "involvedObject", about, "type", "Warning",
                "reason", "PowerCut", "message", message,
                "firstTimestamp", now.toString(), "lastTimestamp", now.toString(), "count", 1, "source", JsonObject.of("component", "oikos")));
    }

    /// An orderly end.
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
