package home.oikos.http;

import io.netty.buffer.Unpooled;
import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/// Writes from a blocking thread to a socket, so much at a time. Waits on the peer, not on the event loop's queue: a piece counts as
/// in flight until the socket has taken it, over HTTP/2 until the peer's window has.
final class SocketWriter {
    /// Enough to keep a fast peer busy while the next piece is prepared, and all that a slow one can make us hold.
    static final int IN_FLIGHT_BYTES_MAX = 128 << 10;
    private static final int PIECE_BYTES = 64 << 10;
    /// What is smaller gets an array of its own: in one of [Buffers] it would hold the room of many.
    private static final int SMALL_BYTES = 4 << 10;

    private final HttpServerResponse response;
    private final Connection connection;
    private final Duration stallTimeout;
    private final Buffers buffers = new Buffers();
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
            var length = Math.min(PIECE_BYTES, bytes.length - from);
            reserve(length);
            send(bytes, from, length, done -> written(length, done));
        }
    }

    /// The bytes are copied: the array is the caller's again.
    void copy(byte[] bytes, int offset, int length) throws IOException {
        if (length < SMALL_BYTES) {
            write(Arrays.copyOfRange(bytes, offset, offset + length));
            return;
        }
        for (int from = 0; from < length; from += Buffers.BUFFER_BYTES) {
            reserve(Buffers.BUFFER_BYTES);
            var count = Math.min(Buffers.BUFFER_BYTES, length - from);
            var buffer = buffers.take();
            System.arraycopy(bytes, offset + from, buffer, 0, count);
            send(buffer, 0, count, done -> {
                // What failed may still be looked at by who failed to send it.
                if (done.succeeded()) buffers.giveBack(buffer);
                written(Buffers.BUFFER_BYTES, done);
            });
        }
    }

    private void send(byte[] bytes, int from, int length, Handler<AsyncResult<Void>> onDone) {
        connection.loop().execute(() -> {
            connection.gather();
            response.write(BufferInternal.buffer(Unpooled.wrappedBuffer(bytes, from, length))).onComplete(onDone);
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
