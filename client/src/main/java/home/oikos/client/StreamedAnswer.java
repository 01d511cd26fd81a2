package home.oikos.client;

import java.io.IOException;
import java.io.InputStream;

/// An answer that arrives bit by bit: a watch or a log. Read by one thread; [#close] may come from another and ends the reading.
public record StreamedAnswer(int status, InputStream body) implements AutoCloseable {
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException alreadyGone) {
            // Nothing is left to be closed.
        }
    }
}
