package home.oikos.apiserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Copying and closing where either end may go at any moment and nobody is left to tell.
final class Streams {
    private static final int BUFFER_BYTES = 32 << 10;

    private Streams() { }

    /// Copies until the source ends or either end breaks.
    /// @return whether the source ended in order
    static boolean copy(InputStream from, OutputStream to) {
        var buffer = new byte[BUFFER_BYTES];
        try {
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                to.write(buffer, 0, count);
                to.flush();
            }
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    static void close(AutoCloseable closeable) {
        if (closeable == null) return;
        try {
            closeable.close();
        } catch (Exception _) {
            // It is closed as far as it can be.
        }
    }
}
