package home.oikos.client;

import home.oikos.api.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/// The lines of one watch of a [FakeApi].
final class FakeWatch extends InputStream {
    private static final byte[] END = {};

    private final Resource resource;
    private final Predicate<Json> filter;
    private final BlockingQueue<byte[]> lines = new LinkedBlockingQueue<>();
    private byte[] line = {};
    private int at;

    FakeWatch(Resource resource, Predicate<Json> filter) {
        this.resource = resource;
        this.filter = filter;
    }

    void offer(FakeObjects.Change change) {
        if (change.resource().equals(resource) && (change.type().equals("ERROR") || filter.test(change.object()))) lines.add(change.line());
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (at == line.length && !next()) return -1;
        int count = Math.min(length, line.length - at);
        System.arraycopy(line, at, into, from, count);
        at += count;
        return count;
    }

    private boolean next() throws IOException {
        try {
            line = lines.take();
            at = 0;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        if (line == END) lines.add(END);
        return line != END;
    }

    @Override
    public void close() {
        lines.add(END);
    }
}
