package home.oikos.dice;

import java.io.IOException;

/// Raw bytes of a source. One thread reads; any may close, which ends a read that waits.
public interface SampleStream extends AutoCloseable {
    /// Waits for bytes, at most some seconds.
    /// @return how many; 0 when none came in time, -1 when it ended
    int read(byte[] into) throws IOException;

    @Override
    void close() throws IOException;

    /// Opens a stream anew.
    @FunctionalInterface
    interface Opener {
        /// @throws IOException in words for the owner, when there is nothing to read from
        SampleStream open() throws IOException;
    }
}
