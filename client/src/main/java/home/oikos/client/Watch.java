package home.oikos.client;

import home.oikos.api.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// An open watch. One thread reads; [#close] from any thread ends it.
public final class Watch implements AutoCloseable {
    private final StreamedAnswer answer;
    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);

    Watch(StreamedAnswer answer) {
        this.answer = answer;
        this.in = new BufferedInputStream(answer.body(), 1024);
    }

    /// The next event; blocks until there is one, and is empty when the server has ended the watch.
    /// @throws IOException when the connection broke
    public Optional<WatchEvent> next() throws IOException {
        line.reset();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) return Optional.empty();
            line.write(next);
        }
        return line.size() == 0 ? next() : Optional.of(WatchEvent.of(Json.parse(line.toByteArray())));
    }

    @Override
    public void close() {
        answer.close();
    }
}
