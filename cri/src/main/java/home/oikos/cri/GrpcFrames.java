package home.oikos.cri;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Cuts the body of a gRPC answer into messages: a byte that says whether it is compressed (we ask for none), four bytes of length, the
/// message. One answer, one reader.
final class GrpcFrames {
    private static final int HEAD_BYTES = 5;

    private final int bytesMax;
    private final Consumer<byte[]> each;
    private byte[] waiting = new byte[0];

    GrpcFrames(int bytesMax, Consumer<byte[]> each) {
        this.bytesMax = bytesMax;
        this.each = each;
    }

    void take(byte[] part) {
        var bytes = ByteBuffer.wrap(joined(part));
        while (bytes.remaining() >= HEAD_BYTES) {
            int length = bytes.getInt(bytes.position() + 1);
            if (length < 0 || length > bytesMax) throw new IllegalStateException("gRPC message of " + length + " bytes");
            if (bytes.remaining() < HEAD_BYTES + length) break;
            bytes.position(bytes.position() + HEAD_BYTES);
            var message = new byte[length];
            bytes.get(message);
            each.accept(message);
        }
        waiting = new byte[bytes.remaining()];
        bytes.get(waiting);
    }

    private byte[] joined(byte[] part) {
        if (waiting.length == 0) return part;
        return ByteBuffer.allocate(waiting.length + part.length).put(waiting).put(part).array();
    }

    /// Reads the percent-encoding of grpc-message.
    static String unescape(String text) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int code = c == '%' && i + 2 < text.length() ? hex(text, i + 1) : -1;
            bytes.write(code >= 0 ? code : c);
            if (code >= 0) i += 2;
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int hex(String text, int at) {
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
