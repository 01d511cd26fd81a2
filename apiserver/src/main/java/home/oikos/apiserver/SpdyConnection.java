package home.oikos.apiserver;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/// The frames of one SPDY/3.1 connection, as far as Kubernetes' streams use them: its clients know neither priorities nor flow control.
/// One thread reads; writes may come from several.
final class SpdyConnection implements AutoCloseable {
    private static final int VERSION = 3;
    private static final int SYN_STREAM = 1;
    private static final int SYN_REPLY = 2;
    private static final int RST_STREAM = 3;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int FLAG_FIN = 1;
    private static final int FRAME_BYTES_MAX = 1 << 20;
    private static final int INTERNAL_ERROR = 6;

    /// What the peer does.
    sealed interface Frame {
        /// A new stream, told by its headers.
        record Opened(int stream, Map<String, String> headers, boolean last) implements Frame { }

        record Bytes(int stream, byte[] bytes, boolean last) implements Frame { }

        record Reset(int stream) implements Frame { }

        record End() implements Frame { }
    }

    private final SocketBytes socket;
    private final DataInputStream in;
    private final SpdyHeaders received = new SpdyHeaders();
    private final SpdyHeaders sent = new SpdyHeaders();

    SpdyConnection(SocketBytes socket) {
        this.socket = socket;
        in = new DataInputStream(socket);
    }

    /// The next frame that means something to a port-forward.
    Frame read() throws IOException {
        while (true) {
            int first = in.read();
            if (first < 0) return new Frame.End();
            int word = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int flagsAndLength = in.readInt();
            int flags = flagsAndLength >>> 24;
            int length = flagsAndLength & 0xffffff;
            if (length > FRAME_BYTES_MAX) throw new IOException("a SPDY frame of " + length + " bytes");
            var body = in.readNBytes(length);
            if (word >= 0) return new Frame.Bytes(word, body, (flags & FLAG_FIN) != 0);
            var frame = control(word & 0xffff, flags, ByteBuffer.wrap(body));
            if (frame != null) return frame;
        }
    }

    private Frame control(int type, int flags, ByteBuffer body) throws IOException {
        switch (type) {
            case SYN_STREAM -> {
                int stream = body.getInt() & 0x7fffffff;
                body.position(10);
                var block = new byte[body.remaining()];
                body.get(block);
                return new Frame.Opened(stream, received.read(block), (flags & FLAG_FIN) != 0);
            }
            case RST_STREAM -> {
                return new Frame.Reset(body.getInt() & 0x7fffffff);
            }
            case GOAWAY -> {
                return new Frame.End();
            }
            case PING -> write(PING, 0, body.array());
            default -> { }
        }
        return null;
    }

    private synchronized void write(int type, int flags, byte[] body) throws IOException {
        var frame = ByteBuffer.allocate(8 + body.length).putShort((short) (0x8000 | VERSION)).putShort((short) type)
                .putInt(flags << 24 | body.length).put(body);
        socket.write(frame.array());
    }

    /// Accepts a stream. The headers' compression has a state, so that no other frame may come between making and sending them.
    synchronized void reply(int stream) throws IOException {
        var block = sent.write(Map.of());
        write(SYN_REPLY, 0, ByteBuffer.allocate(4 + block.length).putInt(stream).put(block).array());
    }

    synchronized void write(int stream, byte[] bytes, int offset, int length, boolean last) throws IOException {
        var frame = ByteBuffer.allocate(8 + length).putInt(stream).putInt((last ? FLAG_FIN << 24 : 0) | length).put(bytes, offset, length);
        socket.write(frame.array());
    }

    void reset(int stream) throws IOException {
        write(RST_STREAM, 0, ByteBuffer.allocate(8).putInt(stream).putInt(INTERNAL_ERROR).array());
    }

    @Override
    public void close() {
        received.close();
        sent.close();
    }
}
