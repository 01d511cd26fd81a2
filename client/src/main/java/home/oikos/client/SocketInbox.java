package home.oikos.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;

/// Collects the messages of a WebSocket for one blocking reader. It asks for the next message only when the last one was taken, so a slow
/// reader slows the peer and fills no memory.
final class SocketInbox implements WebSocket.Listener {
    private sealed interface Arrival { }

    private record Came(ClientSocket.Message message) implements Arrival { }

    private record Closed() implements Arrival { }

    private record Broke(Throwable cause) implements Arrival { }

    /// One message is asked for at a time; the end may come beside it.
    private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(4);
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

    Optional<ClientSocket.Message> take(WebSocket socket) throws IOException {
        try {
            return switch (arrivals.take()) {
                case Came(var message) -> {
                    socket.request(1);
                    yield Optional.of(message);
                }
                case Closed end -> {
                    arrivals.offer(end);
                    yield Optional.empty();
                }
                case Broke(var cause) -> throw new IOException(cause.getMessage(), cause);
            };
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading a socket");
        }
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        var bytes = new byte[data.remaining()];
        data.get(bytes);
        return part(socket, true, bytes, last);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        return part(socket, false, data.toString().getBytes(StandardCharsets.UTF_8), last);
    }

    private CompletionStage<?> part(WebSocket socket, boolean binary, byte[] bytes, boolean last) {
        parts.writeBytes(bytes);
        if (last) {
            arrivals.add(new Came(new ClientSocket.Message(binary, parts.toByteArray())));
            parts.reset();
        } else {
            socket.request(1);
        }
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        arrivals.offer(new Closed());
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        arrivals.offer(new Broke(error));
    }
}
