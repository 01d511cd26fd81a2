package home.oikos.node;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Reads a log file line by line while it grows, through its rotations: when the file has been moved away, it goes on in the new one.
/// One thread.
final class LogFollower implements AutoCloseable {
    private final Path file;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private InputStream in;
    private Object key;

    LogFollower(Path file) {
        this.file = file;
    }

    /// The next whole line without its end; empty when there is none yet.
    Optional<byte[]> next() throws IOException {
        if (in == null && !open()) return Optional.empty();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                var whole = line.toByteArray();
                line.reset();
                return Optional.of(whole);
            }
            line.write(next);
        }
        return moved() && open() ? next() : Optional.empty();
    }

    private boolean open() throws IOException {
        if (!Files.exists(file)) return false;
        close();
        key = Files.getAttribute(file, "unix:ino");
        in = new BufferedInputStream(Files.newInputStream(file), 32 << 10);
        return true;
    }

    private boolean moved() throws IOException {
        return Files.exists(file) && !Files.getAttribute(file, "unix:ino").equals(key);
    }

    @Override
    public void close() throws IOException {
        if (in != null) in.close();
        in = null;
    }
}
