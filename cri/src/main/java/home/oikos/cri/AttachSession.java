package home.oikos.cri;

import home.oikos.api.JsonObject;
import home.oikos.node.ProcessStreams;
import home.oikos.node.ProcessStreams.TerminalSize;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/// Joins the main process of a container. Its streams belong to containerd, so this goes over containerd's streaming server on the loopback
/// address, by WebSocket (`v4.channel.k8s.io`: the first byte of a message says which stream). Made at first use: people attach rarely.
final class AttachSession implements AutoCloseable {
    private static final Duration QUICK = Duration.ofSeconds(30);
    private static final int ATTEMPTS_MAX = 3;
    private static final byte STDIN = 0;
    private static final byte STDOUT = 1;
    private static final byte STDERR = 2;
    private static final byte RESIZE = 4;

    private final Services services;
    private Vertx vertx;
    /// Held for as long as the sessions live: Vert.x closes a client, and every socket of it, once the collector finds it unreachable.
    private WebSocketClient client;

    AttachSession(Services services) {
        this.services = services;
    }

    void join(String containerId, boolean tty, ProcessStreams streams) throws IOException {
        var request = JsonObject.of("container_id", containerId, "stdin", streams.hasStdin(), "stdout", true, "stderr", !tty, "tty", tty);
        var socket = connect(request, streams, ATTEMPTS_MAX);
        var over = new CountDownLatch(1);
        socket.closeHandler(_ -> over.countDown());
        if (socket.isClosed()) over.countDown();
        var copying = List.of(Thread.ofVirtual().start(() -> feed(socket, streams)),
                Thread.ofVirtual().start(() -> resize(socket, streams)));
        try {
            over.await();
        } catch (InterruptedException clientGone) {
            Thread.currentThread().interrupt();
        } finally {
            copying.forEach(Thread::interrupt);
            socket.close();
        }
    }

    /// containerd's streaming server has been seen to close a connection before the handshake; nothing was passed by then, so asking again
    /// is safe. Each address it gives is good for one connection.
    private WebSocket connect(JsonObject request, ProcessStreams streams, int attempts) throws IOException {
        var url = URI.create(services.call(Services.RUNTIME + "Attach", "cri/AttachRequest", request, "cri/StreamResponse",
                QUICK).at("url").text(""));
        try {
            return shakeHands(url, streams);
        } catch (IOException refused) {
            if (attempts <= 1 || Thread.currentThread().isInterrupted()) throw refused;
            return connect(request, streams, attempts - 1);
        }
    }

    /// The handler is set before the handshake: what the process says first would otherwise find nobody.
    private WebSocket shakeHands(URI url, ProcessStreams streams) throws IOException {
        var options = new WebSocketConnectOptions().setHost(url.getHost()).setPort(url.getPort()).setURI(url.getRawPath())
                .setSubProtocols(List.of("v4.channel.k8s.io"));
        try {
            var socket = client().webSocket();
            socket.handler(message -> take(message, streams));
            return socket.connect(options).toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException refused) {
            throw new IOException("attach: " + refused.getCause().getMessage(), refused.getCause());
        } catch (InterruptedException clientGone) {
            Thread.currentThread().interrupt();
            throw new IOException("attach: interrupted");
        }
    }

    private synchronized WebSocketClient client() {
        if (client == null) {
            vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
            client = vertx.createWebSocketClient();
        }
        return client;
    }

    private static void take(Buffer message, ProcessStreams streams) {
        if (message.length() <= 1) return;
        try {
            var out = switch (message.getByte(0)) {
                case STDOUT -> streams.stdout();
                case STDERR -> streams.stderr();
                default -> null;
            };
            if (out == null) return;
            out.write(message.getBytes(1, message.length()));
            out.flush();
        } catch (IOException gone) {
            // The asker has gone; its thread is interrupted and closes the socket.
        }
    }

    private static void feed(WebSocket socket, ProcessStreams streams) {
        if (!streams.hasStdin()) return;
        try {
            var buffer = new byte[16 << 10];
            for (int read = streams.stdin().read(buffer); read >= 0; read = streams.stdin().read(buffer)) {
                socket.writeBinaryMessage(Buffer.buffer(read + 1).appendByte(STDIN).appendBytes(buffer, 0, read));
            }
        } catch (IOException ended) {
            // Nothing more will come.
        }
    }

    private static void resize(WebSocket socket, ProcessStreams streams) {
        try {
            while (true) socket.writeBinaryMessage(size(streams.sizes().take()));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static Buffer size(TerminalSize size) {
        var body = JsonObject.of("Width", size.width(), "Height", size.height()).bytes();
        return Buffer.buffer(body.length + 1).appendByte(RESIZE).appendBytes(body);
    }

    @Override
    public synchronized void close() {
        if (vertx != null) vertx.close();
    }
}
