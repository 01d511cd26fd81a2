package home.oikos.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/// Bytes from one thread to another, in order; the writer waits while too many lie in the pipe. Unlike the JDK's piped streams it
/// does not ask whether the other thread lives, which changes under pooled and virtual threads.
final class BytePipe {
    /// What may lie in the pipe: two TLS records and a bit, enough to keep both ends busy.
    static final int WAITING_BYTES_MAX = 64 << 10;

    private final Queue<byte[]> chunks = new ArrayDeque<>();
    private int waitingBytes;
    private boolean ended;
    private IOException failure;

    /// Lets the reader see the end once it has read what lies in the pipe.
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /// Both ends throw from now on. What still lies in the pipe is dropped.
    synchronized void fail(IOException cause) {
        if (ended && chunks.isEmpty()) return;
        if (failure == null) failure = cause;
        chunks.clear();
        notifyAll();
    }

    private synchronized void put(byte[] chunk) throws IOException {
        while (failure == null && waitingBytes > 0 && waitingBytes + chunk.length > WAITING_BYTES_MAX) await();
        throwFailure();
        if (ended) throw new IOException("the stream is closed");
        chunks.add(chunk);
        waitingBytes += chunk.length;
        notifyAll();
    }

    /// Null at the end.
    private synchronized byte[] take() throws IOException {
        while (failure == null && chunks.isEmpty() && !ended) await();
        throwFailure();
        var chunk = chunks.poll();
        if (chunk != null) waitingBytes -= chunk.length;
        notifyAll();
        return chunk;
    }

    private void throwFailure() throws IOException {
        if (failure != null) throw new IOException(failure.getMessage(), failure);
    }

    private void await() throws InterruptedIOException {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the other end of a stream");
        }
    }

    OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                put(new byte[] {(byte) b});
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (length > 0) put(Arrays.copyOfRange(bytes, offset, offset + length));
            }

            @Override
            public void close() {
                end();
            }
        };
    }

    InputStream input() {
        return new ChunkInputStream(this::take, () -> fail(new IOException("the reader has closed the stream")));
    }
}
