package home.oikos.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// Carries requests to an API server, over the network or inside one process. All methods block, and may be called from any thread.
public interface Transport extends AutoCloseable {
    /// Sends a request and reads the whole answer, whatever its status.
    Answer exchange(Call call) throws IOException;

    /// Sends a request whose body is read while it goes out, and reads the whole answer. A transport that cannot do so reads it first.
    /// @param lengthBytes how long the body is
    default Answer upload(Call call, InputStream body, long lengthBytes) throws IOException {
        return exchange(new Call(call.method(), call.target(), call.headers(), body.readAllBytes()));
    }

    /// Sends a request and returns as soon as the status is known.
    StreamedAnswer stream(Call call) throws IOException;

    /// Opens a WebSocket.
    /// @param protocols the subprotocols we speak, best first
    /// @throws IOException when the server refused, with its words
    ClientSocket webSocket(Call call, List<String> protocols) throws IOException;

    @Override
    default void close() { }
}
