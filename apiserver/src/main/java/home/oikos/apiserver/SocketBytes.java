package home.oikos.apiserver;

import home.oikos.http.WebSocket;
import java.io.IOException;
import java.io.InputStream;

/// The messages of a WebSocket as one run of bytes each way: what a tunnelled protocol sees. One thread reads; writes may come from
/// several.
final class SocketBytes extends InputStream {
    private final WebSocket socket;
    private byte[] current = new byte[0];
    private int at;

    SocketBytes(WebSocket socket) {
        this.socket = socket;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) return 0;
        while (at == current.length) {
            var message = socket.read();
            if (message.isEmpty()) return -1;
            current = message.get().bytes();
            at = 0;
        }
        int count = Math.min(length, current.length - at);
        System.arraycopy(current, at, bytes, offset, count);
        at += count;
        return count;
    }

    void write(byte[] bytes) throws IOException {
        socket.write(new WebSocket.Message(true, bytes));
    }
}
