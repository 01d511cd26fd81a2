package home.oikos.http;

import io.netty.buffer.Unpooled;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.List;

/// The frames of a watch on the network: chunks of HTTP/1.1 or DATA of an HTTP/2 stream.
final class SocketFrames implements FrameSink {
    /// RFC 9113 section 7, CANCEL.
    private static final long CANCEL = 8;

    private final HttpServerResponse response;
    private final HttpVersion version;
    private final Connection connection;
    private final Runnable head;

    /// @param head sets the headers, on the event loop
    SocketFrames(HttpServerResponse response, HttpVersion version, Connection connection, Runnable head) {
        this.response = response;
        this.version = version;
        this.connection = connection;
        this.head = head;
    }

    @Override
    public void open(Runnable lost) {
        response.closeHandler(_ -> lost.run());
        response.exceptionHandler(_ -> lost.run());
        if (response.closed()) {
            lost.run();
            return;
        }
        connection.gather();
        head.run();
        response.writeHead();
    }

    /// The arrays are wrapped, not copied: a thousand watchers share one encoding.
    @Override
    public void write(List<byte[]> frames, Runnable taken) {
        connection.gather();
        var bytes = Unpooled.wrappedBuffer(frames.toArray(byte[][]::new));
        response.write(BufferInternal.buffer(bytes)).onComplete(_ -> taken.run());
    }

    @Override
    public void end() {
        if (!response.ended() && !response.closed()) response.end();
    }

    /// HTTP/1.1 has no other way to say that an answer is broken than to hang up.
    @Override
    public void cut() {
        if (version == HttpVersion.HTTP_2) response.reset(CANCEL);
        else connection.http().close();
    }
}
