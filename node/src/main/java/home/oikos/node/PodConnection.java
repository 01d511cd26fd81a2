package home.oikos.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// A TCP connection into a pod. One thread reads, another writes; closing it ends both.
public interface PodConnection extends AutoCloseable {
    InputStream in();

    OutputStream out();

    /// Tells the other side that nothing more will be written.
    void shutdownOutput() throws IOException;

    @Override
    void close() throws IOException;
}
