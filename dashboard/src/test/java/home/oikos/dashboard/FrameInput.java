package home.oikos.dashboard;

import home.oikos.http.LocalFrames;
import java.io.IOException;
import java.io.InputStream;

/// A watch's frames as bytes.
final class FrameInput extends InputStream {
    private final LocalFrames frames;
    private byte[] frame = {};
    private int at;

    FrameInput(LocalFrames frames) {
        this.frames = frames;
    }

    @Override
    public int read() throws IOException {
        while (at == frame.length) {
            var next = frames.next();
            if (next.isEmpty()) return -1;
            frame = next.get();
            at = 0;
        }
        return frame[at++] & 0xff;
    }

    /// At least one byte, and no waiting for more than are there.
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int first = read();
        if (first < 0) return -1;
        into[offset] = (byte) first;
        int count = 1;
        while (count < length && at < frame.length) into[offset + count++] = frame[at++];
        return count;
    }

    @Override
    public void close() {
        frames.close();
    }
}
