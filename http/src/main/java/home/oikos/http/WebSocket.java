package home.oikos.http;

import java.io.IOException;
import java.util.Optional;

/// An open WebSocket, seen from a blocking virtual thread. One thread reads; writes may come from several and never interleave.
public interface WebSocket {
    /// The subprotocol that was agreed on; empty when the client offered none.
    String protocol();

    /// The next whole message, or empty when the peer has closed.
    /// @throws IOException when the connection broke
    Optional<Message> read() throws IOException;

    /// Sends one whole message; blocks while the peer is slow.
    void write(Message message) throws IOException;

    void close(int code, String reason);

    /// One whole message. The array is not copied.
    record Message(boolean binary, byte[] bytes) { }
}
