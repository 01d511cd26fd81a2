package home.oikos.http;

import io.netty.buffer.Unpooled;
import io.vertx.core.AsyncResult;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Writes from a blocking thread to a socket, so much at a time. Waits on the peer, not on the event loop's queue: a piece counts as
/// in flight until the socket has taken it, over HTTP/2 until the peer's window has.
final class SocketWriter {
    /// Enough to keep a fast peer busy while the next piece is prepared, and all that a slow one can make us hold.
    static final int IN_FLIGHT_BYTES_MAX = 128 << 10;
    private static final int PIECE_BYTES = 64 << 10;

    private final HttpServerResponse response;
    private final Connection connection;
    private final Duration stallTimeout;
    private int inFlightBytes;
    private IOException failure;

    SocketWriter(HttpServerResponse response, Connection connection, Duration stallTimeout) {
        this.response = response;
        this.connection = connection;
        this.stallTimeout = stallTimeout;
    }

    /// The array is not copied: it must not change any more.
    void write(byte[] bytes) throws IOException {
        for (var from = 0; from < bytes.length; from += PIECE_BYTES) {
            writePiece(bytes, from, Math.min(PIECE_BYTES, bytes.length - from));
        }
    }

    private void writePiece(byte[] bytes, int from, int length) throws IOException {
        reserve(length);
        connection.loop().execute(() -> {
            connection.gather();
            response.write(BufferInternal.buffer(Unpooled.wrappedBuffer(bytes, from, length))).onComplete(done -> written(length, done));
        });
    }

    /// Waits until the peer has taken everything.
    void await() throws IOException {
        reserve(IN_FLIGHT_BYTES_MAX);
        release(IN_FLIGHT_BYTES_MAX);
    }

    private synchronized void reserve(int length) throws IOException {
        var deadline = System.nanoTime() + stallTimeout.toNanos();
        var before = inFlightBytes;
        while (failure == null && inFlightBytes > 0 && inFlightBytes + length > IN_FLIGHT_BYTES_MAX) {
            if (inFlightBytes < before) deadline = System.nanoTime() + stallTimeout.toNanos();
            before = inFlightBytes;
            if (deadline - System.nanoTime() <= 0) fail(new IOException("the client took nothing for " + stallTimeout.toSeconds() + " s"));
            else await(deadline - System.nanoTime());
        }
        if (failure != null) throw new ClientGoneException(failure);
        inFlightBytes += length;
    }

    private void await(long nanos) throws InterruptedIOException {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the client");
        }
    }

    private void written(int length, AsyncResult<Void> done) {
        if (done.failed()) fail(new IOException("the client has gone", done.cause()));
        release(length);
    }

    private synchronized void release(int length) {
        inFlightBytes -= length;
        notifyAll();
    }

    synchronized void fail(IOException cause) {
        if (failure == null) failure = cause;
        notifyAll();
    }
}
