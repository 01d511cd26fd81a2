package home.oikos.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// One append-only file. Used by one thread at a time.
interface LogFile extends Closeable {
    long size() throws IOException;

    /// Writes all the bytes at the end, or throws and may have written a part.
    void append(ByteBuffer bytes) throws IOException;

    /// Drops everything from that size on.
    void cut(long size) throws IOException;

    /// Returns when all that was appended survives a power cut.
    void sync() throws IOException;

    /// The content from an offset on, to be closed by the caller.
    InputStream input(long offset) throws IOException;
}
