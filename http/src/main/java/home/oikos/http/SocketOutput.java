package home.oikos.http;

import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;

/// The blocking side of a streamed answer. One thread writes.
final class SocketOutput extends OutputStream {
    private final HttpServerResponse response;
    private final Connection connection;
    private final SocketWriter writer;
    private boolean closed;

    SocketOutput(HttpServerResponse response, Connection connection, SocketWriter writer) {
        this.response = response;
        this.connection = connection;
        this.writer = writer;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b});
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (closed) throw new IOException("the answer is closed");
        writer.copy(bytes, offset, length);
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        connection.loop().execute(() -> { if (!response.ended() && !response.closed()) response.end(); });
    }

    /// Breaks the answer off, unless it is whole already.
    void cut(FrameSink frames) {
        if (closed) return;
        closed = true;
        connection.loop().execute(frames::cut);
    }
}
