package home.oikos.firmware;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a file is by its content.
public record ImageFile(String sha256, long sizeBytes) {
    /// Reads it once, in bounded memory.
    public static ImageFile read(Path file) throws IOException {
        var digests = new Digests();
        try (var in = Files.newInputStream(file)) {
            digests.copy(in, OutputStream.nullOutputStream(), Long.MAX_VALUE - 1, () -> false);
        }
        return new ImageFile(digests.sha256(), digests.sizeBytes());
    }
}
