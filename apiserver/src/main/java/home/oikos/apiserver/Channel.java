package home.oikos.apiserver;

import home.oikos.http.WebSocket;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// The channels of one WebSocket in the protocols `v5.channel.k8s.io`, `v4.channel.k8s.io` and their older and base64 kin: each message
/// begins with the number of its channel. One thread reads; writes may come from several.
final class Channel {
    static final int STDIN = 0;
    static final int STDOUT = 1;
    static final int STDERR = 2;
    static final int ERROR = 3;
    static final int RESIZE = 4;
    /// Since v5: its one byte names a channel that its sender has closed.
    static final int CLOSE = 255;

    /// @param number 0 to 255
    record Message(int number, byte[] bytes) { }

    private final WebSocket socket;
    private final boolean base64;

    Channel(WebSocket socket) {
        this.socket = socket;
        base64 = socket.protocol().contains("base64");
    }

    String protocol() {
        return socket.protocol();
    }

    /// The next message that is not empty; empty when the client has gone.
    Optional<Message> read() throws IOException {
        while (true) {
            var message = socket.read();
            if (message.isEmpty()) return Optional.empty();
            var bytes = message.get().bytes();
            if (bytes.length > 0) return Optional.of(decode(bytes));
        }
    }

    private Message decode(byte[] bytes) throws IOException {
        var rest = Arrays.copyOfRange(bytes, 1, bytes.length);
        if (!base64) return new Message(bytes[0] & 255, rest);
        try {
            return new Message(bytes[0] - '0', Base64.getDecoder().decode(rest));
        } catch (IllegalArgumentException e) {
            throw new IOException("a message of " + socket.protocol() + " is no base64", e);
        }
    }

    void write(int number, byte[] bytes, int offset, int length) throws IOException {
        if (base64) {
            var text = (char) ('0' + number) + Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, offset, offset + length));
            socket.write(new WebSocket.Message(false, text.getBytes(StandardCharsets.US_ASCII)));
            return;
        }
        var framed = new byte[length + 1];
        framed[0] = (byte) number;
        System.arraycopy(bytes, offset, framed, 1, length);
        socket.write(new WebSocket.Message(true, framed));
    }

    void write(int number, byte[] bytes) throws IOException {
        write(number, bytes, 0, bytes.length);
    }

    /// A stream each of whose writes is one message.
    OutputStream output(int number) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (length > 0) Channel.this.write(number, bytes, offset, length);
            }
        };
    }
}
