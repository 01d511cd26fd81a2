package home.oikos.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/// DIR/oikos.log: what the server tells its operator, a line each. Bounded, and never synced: it is for reading, not for relying on.
final class Journal {
    /// Two files of this size: some months of a quiet home.
    private static final long FILE_BYTES_MAX = 1 << 20;
    private static final int LINE_CHARACTERS_MAX = 2_000;

    private final Path file;
    private final Clock clock;

    Journal(Path data, Clock clock) {
        this.file = data.resolve("oikos.log");
        this.clock = clock;
    }

    synchronized void tell(String line) {
        var cut = line.length() > LINE_CHARACTERS_MAX ? line.substring(0, LINE_CHARACTERS_MAX) + " ..." : line;
        try {
            if (Files.exists(file) && Files.size(file) > FILE_BYTES_MAX) {
                Files.move(file, file.resolveSibling("oikos.log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.writeString(file, clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + cut + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException full) {
            System.err.println(cut);
        }
    }

    void tell(String where, Throwable broken) {
        tell(where + ": " + broken);
        for (var frame : broken.getStackTrace()) {
            if (frame.getClassName().startsWith("home.oikos")) {
                tell("  at " + frame);
                return;
            }
        }
    }
}
