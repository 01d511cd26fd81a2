package home.oikos.client;

import home.oikos.api.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// An open watch. One thread reads; [#close] from any thread ends it.
public final class Watch implements AutoCloseable {
    /// Most events are about 1 KiB; a longer one is put together from several blocks.
    private static final int BLOCK_BYTES = 1024;

    private final StreamedAnswer answer;
    private final InputStream in;
    private final byte[] block = new byte[BLOCK_BYTES];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(BLOCK_BYTES);
    private int from;
    private int to;

    Watch(StreamedAnswer answer) {
        this.answer = answer;
        this.in = answer.body();
    }

    /// The next event; blocks until there is one, and is empty when the server has ended the watch.
    /// @throws IOException when the connection broke
    public Optional<WatchEvent> next() throws IOException {
        do {
            line.reset();
            if (!readLine()) return Optional.empty();
        } while (line.size() == 0);
        return Optional.of(WatchEvent.of(Json.parse(line.toByteArray())));
    }

    /// Whole blocks, not bytes: the garbage collector's watches see every write of the home.
    private boolean readLine() throws IOException {
        while (true) {
            int end = from;
            while (end < to && block[end] != '\n') end++;
            line.write(block, from, end - from);
            from = end + 1;
            if (end < to) return true;
            from = 0;
            to = Math.max(0, in.read(block));
            if (to == 0) return false;
        }
    }

    @Override
    public void close() {
        answer.close();
    }
}
