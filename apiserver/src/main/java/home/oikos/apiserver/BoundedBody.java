package home.oikos.apiserver;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// A body of which the length was told before.
final class BoundedBody extends InputStream {
    private final InputStream in;
    private long left;

    BoundedBody(InputStream in, long length) {
        this.in = in;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0) return -1;
        int count = in.read(bytes, offset, (int) Math.min(length, left));
        if (count < 0) throw new EOFException("unexpected EOF");
        left -= count;
        return count;
    }
}
