package home.oikos.dice;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.IntSupplier;

/// A source on a plug. What it says lies ready at once; a test says what and how much.
final class FakeStream implements SampleStream.Opener {
    /// What one read gives at most.
    static final int READ_BYTES = 1_024;
    /// What it says; null when it says nothing.
    private IntSupplier bytes;
    private boolean plugged = true;
    private boolean ends;
    private int endsAfter = Integer.MAX_VALUE;
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private int opens;
    private int closes;

    /// From now on there are always bytes.
    FakeStream says(IntSupplier endless) {
        bytes = endless;
        return this;
    }

    /// It hangs up after so many bytes of each connection.
    FakeStream endsAfter(int count) {
        endsAfter = count;
        ends = true;
        return this;
    }

    void waits(byte[] older) {
        waiting.add(older);
    }

    void unplug() {
        plugged = false;
    }

    void plug() {
        plugged = true;
    }

    int opens() {
        return opens;
    }

    int closes() {
        return closes;
    }

    @Override
    public SampleStream open() throws IOException {
        if (!plugged) throw new IOException("no such wire");
        opens++;
        return new SampleStream() {
            private int said;

            @Override
            public int read(byte[] into) throws IOException {
                if (!plugged) throw new IOException("wire cut");
                var older = waiting.poll();
                if (older != null) {
                    System.arraycopy(older, 0, into, 0, older.length);
                    return older.length;
                }
                if (ends && said >= endsAfter) return -1;
                if (bytes == null) return 0;
                int count = Math.min(READ_BYTES, Math.min(into.length, endsAfter - said));
                for (int i = 0; i < count; i++) into[i] = (byte) bytes.getAsInt();
                said += count;
                return count;
            }

            @Override
            public void close() {
                closes++;
            }
        };
    }
}
