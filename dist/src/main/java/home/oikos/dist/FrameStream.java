package home.oikos.dist;

import home.oikos.http.LocalFrames;
import java.io.IOException;
import java.io.InputStream;

/// The frames of a watch as the bytes a client would read from a socket. Read by one thread; closing may come from another.
final class FrameStream extends InputStream {
    private final LocalFrames frames;
    private byte[] frame = {};
    private int at;

    FrameStream(LocalFrames frames) {
        this.frames = frames;
    }

    @Override
    public int read() throws IOException {
        return filled() ? frame[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) return 0;
        if (!filled()) return -1;
        int count = Math.min(length, frame.length - at);
        System.arraycopy(frame, at, into, offset, count);
        at += count;
        return count;
    }

    private boolean filled() throws IOException {
        while (at == frame.length) {
            var next = frames.next();
            if (next.isEmpty()) return false;
            frame = next.get();
            at = 0;
        }
        return true;
    }

    @Override
    public void close() {
        frames.close();
    }
}
