package home.oikos.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/// A WebSocket of the JDK as a blocking one.
final class NetworkSocket implements ClientSocket {
    private final WebSocket socket;
    private final SocketInbox inbox;

    NetworkSocket(WebSocket socket, SocketInbox inbox) {
        this.socket = socket;
        this.inbox = inbox;
    }

    @Override
    public String protocol() {
        return socket.getSubprotocol();
    }

    @Override
    public Optional<Message> read() throws IOException {
        return inbox.take(socket);
    }

    /// The JDK allows one unfinished send at a time, hence the lock over it: writers wait for one another by design.
    @Override
    public synchronized void write(Message message) throws IOException {
        try {
            if (message.binary()) socket.sendBinary(ByteBuffer.wrap(message.bytes()), true).get();
            else socket.sendText(new String(message.bytes(), StandardCharsets.UTF_8), true).get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while writing to a socket");
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause().getMessage(), failed.getCause());
        }
    }

    @Override
    public void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((_, _) -> socket.abort());
    }
}
