package home.oikos.apiserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Bytes from the thread that reads a socket to the thread that wants them. Adding blocks while the reader is slow.
final class BytePipeline extends InputStream {
    /// 64 messages of a terminal are some KiB, of a file copied in at most 64 times 32 KiB: 2 MiB a session.
    private static final int MESSAGES_MAX = 64;
    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> messages = new ArrayBlockingQueue<>(MESSAGES_MAX);
    private byte[] current = END;
    private int at;
    private boolean ended;
    private volatile boolean abandoned;

    void add(byte[] bytes) throws InterruptedException {
        if (bytes.length > 0 && !abandoned) messages.put(bytes);
    }

    /// Nothing more will come.
    void end() throws InterruptedException {
        if (!abandoned) messages.put(END);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) return 0;
        if (at == current.length && !next()) return -1;
        int count = Math.min(length, current.length - at);
        System.arraycopy(current, at, bytes, offset, count);
        at += count;
        return count;
    }

    private boolean next() throws IOException {
        if (ended) return false;
        try {
            current = messages.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for input");
        }
        at = 0;
        ended = current == END;
        return !ended;
    }

    @Override
    public int available() {
        return current.length - at;
    }

    /// The reader has gone: what still comes is dropped.
    @Override
    public void close() {
        abandoned = true;
        messages.clear();
    }
}
