package home.oikos.http;

import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/// A request's body on its way from the event loop to the blocking thread that reads it.
final class SocketBody {
    /// What may wait for the reader before the socket is paused; one h2 window or a few TLS records more may follow.
    static final int WAITING_BYTES_MAX = 32 << 10;

    private final HttpServerRequest request;
    private final Connection connection;
    private final Duration stallTimeout;
    private final Queue<byte[]> chunks = new ArrayDeque<>();
    private int waitingBytes;
    /// The client waits to hear that its body is wanted (RFC 9110 section 10.1.1): one that is refused need not send it.
    private boolean awaited;
    private boolean paused;
    private boolean ended;
    private boolean unwanted;
    private IOException failure;

    /// On the event loop, before the first piece can arrive.
    SocketBody(HttpServerRequest request, Connection connection, Duration stallTimeout) {
        this.request = request;
        this.connection = connection;
        this.stallTimeout = stallTimeout;
        this.awaited = "100-continue".equalsIgnoreCase(request.getHeader("Expect"));
        if (request.canUpgradeToWebSocket()) {
            request.pause();                                // a web socket takes the connection over before the request has ended
            return;
        }
        request.handler(buffer -> arrived(buffer.getBytes()));
        request.endHandler(_ -> end());
        request.exceptionHandler(e -> fail(new IOException("the client has gone", e)));
    }

    private synchronized void arrived(byte[] chunk) {
        if (unwanted) return;
        chunks.add(chunk);
        waitingBytes += chunk.length;
        if (waitingBytes > WAITING_BYTES_MAX && !paused) {
            paused = true;
            request.pause();
        }
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    private synchronized void fail(IOException cause) {
        failure = cause;
        notifyAll();
    }

    synchronized boolean isEnded() {
        return ended;
    }

    /// On the event loop: lets what still comes come to nothing.
    void discard() {
        synchronized (this) {
            unwanted = true;
            chunks.clear();
        }
        request.resume();
    }

    InputStream stream() {
        return new ChunkInputStream(this::take, () -> { });
    }

    /// Null at the end.
    private synchronized byte[] take() throws IOException {
        if (awaited) connection.loop().execute(() -> request.response().writeContinue());
        awaited = false;
        var deadline = System.nanoTime() + stallTimeout.toNanos();
        while (chunks.isEmpty() && !ended && failure == null) await(deadline - System.nanoTime());
        if (chunks.isEmpty() && failure != null) throw new ClientGoneException(failure);
        var chunk = chunks.poll();
        if (chunk != null) waitingBytes -= chunk.length;
        if (paused && waitingBytes <= WAITING_BYTES_MAX / 2) {
            paused = false;
            connection.loop().execute(request::resume);
        }
        return chunk;
    }

    private void await(long nanos) throws IOException {
        if (nanos <= 0) throw new BodyStalledException(stallTimeout);
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the request's body");
        }
    }
}
