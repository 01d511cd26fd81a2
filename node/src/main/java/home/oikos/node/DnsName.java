package home.oikos.node;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Names as DNS messages write them (RFC 1035, 4.1.4).
final class DnsName {
    private static final int LABEL_BYTES_MAX = 63;
    private static final int POINTERS_MAX = 32;

    private DnsName() { }

    /// Reads a name in lower case without its last dot, and leaves the buffer behind it.
    /// @throws IllegalArgumentException when there is none
    static String read(ByteBuffer message) {
        var name = new StringBuilder();
        int end = -1;
        for (int pointers = 0; ; ) {
            int length = next(message);
            if (length == 0) break;
            if ((length & 0xc0) == 0xc0) {
                int target = (length & 0x3f) << 8 | next(message);
                if (end < 0) end = message.position();
                if (++pointers > POINTERS_MAX || target >= message.limit()) throw new IllegalArgumentException("name loops");
                message.position(target);
                continue;
            }
            if (length > LABEL_BYTES_MAX || length > message.remaining()) throw new IllegalArgumentException("label too long");
            var label = new byte[length];
            message.get(label);
            if (!name.isEmpty()) name.append('.');
            name.append(new String(label, StandardCharsets.ISO_8859_1));
            if (name.length() > 255) throw new IllegalArgumentException("name too long");
        }
        if (end >= 0) message.position(end);
        return name.toString().toLowerCase(Locale.ROOT);
    }

    private static int next(ByteBuffer message) {
        if (!message.hasRemaining()) throw new IllegalArgumentException("name is cut off");
        return message.get() & 0xff;
    }

    static byte[] write(String name) {
        var out = new ByteArrayOutputStream();
        for (var label : name.split("\\.")) {
            var bytes = label.getBytes(StandardCharsets.ISO_8859_1);
            if (bytes.length == 0) continue;
            out.write(Math.min(bytes.length, LABEL_BYTES_MAX));
            out.write(bytes, 0, Math.min(bytes.length, LABEL_BYTES_MAX));
        }
        out.write(0);
        return out.toByteArray();
    }
}
