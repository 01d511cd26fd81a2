package home.oikos.apiserver;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// A body in chunks (RFC 9112, 7.1). Trailers are read and dropped.
final class ChunkedBody extends InputStream {
    private static final int LINE_BYTES_MAX = 8_192;

    private final InputStream in;
    private long left;
    private boolean first = true;
    private boolean ended;

    ChunkedBody(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0 && !ended) next();
        if (ended) return -1;
        int count = in.read(bytes, offset, (int) Math.min(length, left));
        if (count < 0) throw new EOFException("unexpected EOF");
        left -= count;
        return count;
    }

    private void next() throws IOException {
        if (!first) line();
        first = false;
        var size = line();
        int semicolon = size.indexOf(';');
        try {
            left = Long.parseLong((semicolon < 0 ? size : size.substring(0, semicolon)).strip(), 16);
        } catch (NumberFormatException wrong) {
            throw new IOException("malformed chunk size \"" + size + '"', wrong);
        }
        if (left > 0) return;
        ended = true;
        while (!line().isEmpty()) continue;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) throw new EOFException("unexpected EOF");
            if (line.length() == LINE_BYTES_MAX) throw new IOException("a chunk's first line is too long");
            line.append((char) b);
        }
        return line.toString().stripTrailing();
    }
}
