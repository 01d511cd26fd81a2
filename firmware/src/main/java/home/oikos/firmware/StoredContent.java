package home.oikos.firmware;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Bytes that are all here and are what they should be. Digests are in hexadecimal; real devices know old ones only.
public record StoredContent(String sha256, String sha1, String md5, long sizeBytes, Path file) {
    /// The bytes from an offset on.
    public InputStream open(long offset) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return Channels.newInputStream(channel.position(offset));
        } catch (IOException | RuntimeException broken) {
            channel.close();
            throw broken;
        }
    }
}
