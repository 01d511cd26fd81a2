package home.oikos.http;

import java.io.IOException;
import java.io.InputStream;

/// A stream over arrays that come one by one.
final class ChunkInputStream extends InputStream {
    /// Where the next array comes from; blocks, null at the end.
    interface Source {
        byte[] next() throws IOException;
    }

    private final Source source;
    private final Runnable onClose;
    private byte[] chunk = {};
    private int position;

    ChunkInputStream(Source source, Runnable onClose) {
        this.source = source;
        this.onClose = onClose;
    }

    @Override
    public int read() throws IOException {
        return fill() ? chunk[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) return 0;
        if (!fill()) return -1;
        var count = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, bytes, offset, count);
        position += count;
        return count;
    }

    private boolean fill() throws IOException {
        while (chunk != null && position == chunk.length) {
            chunk = source.next();
            position = 0;
        }
        return chunk != null;
    }

    @Override
    public int available() {
        return chunk == null ? 0 : chunk.length - position;
    }

    @Override
    public void close() {
        if (chunk != null) onClose.run();
        chunk = null;
    }
}
