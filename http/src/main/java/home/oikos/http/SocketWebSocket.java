package home.oikos.http;

import io.netty.buffer.Unpooled;
import io.vertx.core.AsyncResult;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/// A web socket on the network. Pings are answered by the library; fragments are joined by it up to the limit on messages.
final class SocketWebSocket implements WebSocket {
    /// Messages that may wait for the reader before the socket is paused.
    private static final int WAITING_MESSAGES_MAX = 16;
    /// RFC 6455 section 7.4.1.
    private static final int GOING_AWAY = 1001;

    private final ServerWebSocket socket;
    private final Connection connection;
    private final String protocol;
    private final Queue<Message> messages = new ArrayDeque<>();
    private int inFlightBytes;
    private boolean ended;
    private boolean paused;
    private IOException failure;

    private SocketWebSocket(ServerWebSocket socket, Connection connection, String protocol) {
        this.socket = socket;
        this.connection = connection;
        this.protocol = protocol;
        socket.binaryMessageHandler(buffer -> arrived(new Message(true, buffer.getBytes())));
        socket.textMessageHandler(text -> arrived(new Message(false, text.getBytes(StandardCharsets.UTF_8))));
        socket.exceptionHandler(e -> fail(new IOException("the web socket broke: " + e.getMessage(), e)));
        socket.closeHandler(_ -> ended());
    }

    /// On the event loop. The one protocol we chose is left in the request: the library would choose by its own list.
    static void upgrade(HttpServerRequest request, Connection connection, Serving serving, String protocol, Consumer<WebSocket> open) {
        request.headers().remove(Subprotocols.HEADER);
        if (!protocol.isEmpty()) request.headers().set(Subprotocols.HEADER, protocol);
        request.toWebSocket().onSuccess(socket -> {
            connection.requestBegins();
            var ours = new SocketWebSocket(socket, connection, protocol);
            Runnable away = () -> ours.close(GOING_AWAY, "the server is closing");
            serving.lasting(away);
            OpenSocket.serve(ours, served -> {
                try {
                    open.accept(served);
                } finally {
                    serving.over(away);
                    connection.loop().execute(connection::requestEnds);
                }
            });
        });
    }

    private synchronized void arrived(Message message) {
        messages.add(message);
        if (messages.size() > WAITING_MESSAGES_MAX && !paused) {
            paused = true;
            socket.pause();
        }
        notifyAll();
    }

    private synchronized void ended() {
        ended = true;
        notifyAll();
    }

    private synchronized void fail(IOException cause) {
        failure = cause;
        notifyAll();
    }

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public synchronized Optional<Message> read() throws IOException {
        while (messages.isEmpty() && !ended && failure == null) await();
        if (messages.isEmpty() && failure != null) throw new IOException(failure.getMessage(), failure);
        var message = messages.poll();
        if (paused && messages.size() <= WAITING_MESSAGES_MAX / 2) {
            paused = false;
            connection.loop().execute(socket::resume);
        }
        return Optional.ofNullable(message);
    }

    @Override
    public void write(Message message) throws IOException {
        reserve(message.bytes().length);
        connection.loop().execute(() -> {
            var written = message.binary()
                    ? socket.writeBinaryMessage(BufferInternal.buffer(Unpooled.wrappedBuffer(message.bytes())))
                    : socket.writeTextMessage(new String(message.bytes(), StandardCharsets.UTF_8));
            written.onComplete(done -> written(message.bytes().length, done));
        });
    }

    private synchronized void reserve(int length) throws IOException {
        while (failure == null && !ended && inFlightBytes > 0 && inFlightBytes + length > SocketWriter.IN_FLIGHT_BYTES_MAX) await();
        if (failure != null || ended) throw new IOException("the web socket is closed", failure);
        inFlightBytes += length;
    }

    private synchronized void written(int length, AsyncResult<Void> done) {
        inFlightBytes -= length;
        if (done.failed()) fail(new IOException("the web socket is closed", done.cause()));
        notifyAll();
    }

    private void await() throws InterruptedIOException {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a web socket's peer");
        }
    }

    @Override
    public void close(int code, String reason) {
        connection.loop().execute(() -> socket.close((short) code, reason));
    }
}
