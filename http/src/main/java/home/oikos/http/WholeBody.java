package home.oikos.http;

import java.io.IOException;
import java.io.InputStream;

/// Reads a body that must fit in memory.
final class WholeBody {
    private WholeBody() { }

    static byte[] read(InputStream body, int bytesMax) throws IOException, BodyTooLargeException {
        var bytes = body.readNBytes(bytesMax);
        if (bytes.length == bytesMax && body.read() >= 0) throw new BodyTooLargeException(bytesMax);
        return bytes;
    }
}
