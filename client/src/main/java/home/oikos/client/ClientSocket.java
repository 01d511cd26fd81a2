package home.oikos.client;

import java.io.IOException;
import java.util.Optional;

/// An open WebSocket, seen from blocking virtual threads: one reads, several may write.
public interface ClientSocket extends AutoCloseable {
    /// The subprotocol that was agreed on; empty when none was.
    String protocol();

    /// The next whole message, or empty when the peer has closed.
    /// @throws IOException when the connection broke
    Optional<Message> read() throws IOException;

    /// Sends one whole message; blocks while the peer is slow.
    void write(Message message) throws IOException;

    @Override
    void close();

    /// One whole message. The array is not copied.
    record Message(boolean binary, byte[] bytes) { }
}
