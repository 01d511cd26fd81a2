package home.oikos.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WebSocketTest {
    private final HttpServer server;
    private final HttpClient client = HttpClient.newBuilder().sslContext(TestIdentity.SERVER.trustedBy(null)).build();
    private final CompletableFuture<Boolean> serverSawTheEnd = new CompletableFuture<>();
    private final Received received = new Received();

    WebSocketTest() throws Exception {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = HttpServer.start(new ListenerOptions(address, TestIdentity.SERVER.asServer()),
                (_, response) -> response.webSocket(List.of("v5.channel.k8s.io", "v4.channel.k8s.io"), this::echo));
    }

    private void echo(WebSocket socket) {
        try {
            for (var message = socket.read(); message.isPresent(); message = socket.read()) socket.write(message.get());
            serverSawTheEnd.complete(true);
        } catch (IOException e) {
            serverSawTheEnd.completeExceptionally(e);
            throw new UncheckedIOException(e);
        }
    }

    /// Joins the fragments of binary messages and keeps what closed the socket.
    private static final class Received implements java.net.http.WebSocket.Listener {
        final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        final CompletableFuture<String> pong = new CompletableFuture<>();
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();

        @Override
        public CompletionStage<?> onBinary(java.net.http.WebSocket socket, ByteBuffer bytes, boolean last) {
            var piece = new byte[bytes.remaining()];
            bytes.get(piece);
            message.writeBytes(piece);
            if (last) {
                messages.add(message.toByteArray());
                message.reset();
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPong(java.net.http.WebSocket socket, ByteBuffer bytes) {
            pong.complete(new String(bytes.array(), bytes.position(), bytes.remaining()));
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(java.net.http.WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }
    }

    private java.net.http.WebSocket open(String first, String... more) {
        return client.newWebSocketBuilder().subprotocols(first, more)
                .buildAsync(URI.create("wss://localhost:" + server.port() + "/exec"), received).join();
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        server.close();
    }

    @Test
    void ourBestSubprotocolIsChosenAndMessagesComeBackWhole() throws Exception {
        var socket = open("v4.channel.k8s.io", "v5.channel.k8s.io");
        assertEquals("v5.channel.k8s.io", socket.getSubprotocol());
        var message = new byte[300_000];
        new Random(3).nextBytes(message);
        socket.sendBinary(ByteBuffer.wrap(message, 0, 100), false).join();
        socket.sendBinary(ByteBuffer.wrap(message, 100, message.length - 100), true).join();
        assertArrayEquals(message, received.messages.take());
        for (var i = 0; i < 200; i++) {
            socket.sendBinary(ByteBuffer.wrap(new byte[] {(byte) i}), true).join();
            assertArrayEquals(new byte[] {(byte) i}, received.messages.take());
        }
    }

    @Test
    void unknownSubprotocolIsRefused() {
        var refusal = assertThrows(CompletionException.class, () -> open("v9.channel.k8s.io"));
        assertEquals(400, assertInstanceOf(WebSocketHandshakeException.class, refusal.getCause()).getResponse().statusCode());
    }

    @Test
    void pingIsAnswered() throws Exception {
        open("v5.channel.k8s.io").sendPing(ByteBuffer.wrap("are you there".getBytes())).join();
        assertEquals("are you there", received.pong.get());
    }

    @Test
    void readerSeesThatTheClientCloses() throws Exception {
        open("v5.channel.k8s.io").sendClose(1000, "done").join();
        serverSawTheEnd.get();
        assertEquals(1000, received.closed.get());
    }

    @Test
    void readerIsWokenWhenTheClientIsLost() throws Exception {
        open("v5.channel.k8s.io").abort();
        serverSawTheEnd.handle((_, _) -> true).get();
    }

    @Test
    void closingServerSaysGoodbye() throws Exception {
        var socket = open("v5.channel.k8s.io");
        // The client may be connected before the server has taken notice; an echo shows that it has.
        socket.sendBinary(ByteBuffer.wrap(new byte[] {1}), true).join();
        received.messages.take();
        server.close();
        assertEquals(1001, received.closed.get());
    }

    @Test
    void messageAboveTheLimitClosesTheSocket() throws Exception {
        open("v5.channel.k8s.io").sendBinary(ByteBuffer.allocate((1 << 20) + 1), true);
        assertThrows(Exception.class, serverSawTheEnd::get);
    }
}
