package home.oikos.http;

import io.netty.buffer.Unpooled;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// The answer to a request from the network. Used by the handler's thread; whatever touches the socket is handed to its event loop.
final class SocketResponse implements ServedResponse {
    /// How long a client that is still sending may take to read that it should not.
    private static final long LINGER_MILLIS = 500;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Connection connection;
    private final SocketBody body;
    private final Serving serving;
    private final Runnable onWhole;
    private final List<Map.Entry<String, String>> headers = new ArrayList<>(2);
    private final SocketWriter writer;
    private SocketOutput stream;
    private boolean answered;

    /// @param onWhole run when the whole answer is known and nothing of it will wait for the client; not run for others
    SocketResponse(HttpServerRequest request, Connection connection, SocketBody body, Serving serving, Runnable onWhole) {
        this.request = request;
        this.response = request.response();
        this.connection = connection;
        this.body = body;
        this.serving = serving;
        this.onWhole = onWhole;
        writer = new SocketWriter(response, connection, serving.limits().stallTimeout());
        response.exceptionHandler(e -> writer.fail(new IOException("the client has gone", e)));
        response.closeHandler(_ -> writer.fail(new IOException("the client has gone")));
    }

    @Override
    public void header(String name, String value) {
        headers.add(Map.entry(name, value));
    }

    @Override
    public void send(int status, String contentType, byte[] whole) {
        begin();
        var bytes = whole;
        if (whole.length >= Gzip.BODY_BYTES_MIN && Gzip.accepts(request.headers().getAll("Accept-Encoding"))) {
            bytes = Gzip.compress(whole);
            header("Content-Encoding", "gzip");
            header("Vary", "Accept-Encoding");
        }
        if (bytes.length <= ONE_PIECE_BYTES_MAX || request.method() == HttpMethod.HEAD) sendAtOnce(status, contentType, bytes);
        else sendInPieces(status, contentType, bytes);
    }

    private void sendAtOnce(int status, String contentType, byte[] bytes) {
        onWhole.run();
        connection.loop().execute(() -> {
            if (response.closed()) return;
            connection.gather();
            head(status, contentType);
            if (status != 204 && status != 304) response.putHeader("Content-Length", Integer.toString(bytes.length));
            if (request.method() == HttpMethod.HEAD || bytes.length == 0) response.end();
            else response.end(BufferInternal.buffer(Unpooled.wrappedBuffer(bytes)));
        });
    }

    /// Waits while the client is slow, so that large answers to slow clients are as few as requests may be.
    private void sendInPieces(int status, String contentType, byte[] bytes) {
        connection.loop().execute(() -> {
            head(status, contentType);
            response.putHeader("Content-Length", Integer.toString(bytes.length));
        });
        stream = new SocketOutput(response, connection, writer);
        try {
            writer.write(bytes);
            writer.await();
            stream.close();
        } catch (IOException e) {
            stream.cut(frames());                                        // the client has gone or stalled: there is nobody to tell
        }
    }

    @Override
    public OutputStream stream(int status, String contentType) {
        begin();
        connection.loop().execute(() -> {
            if (response.closed()) return;
            head(status, contentType);
            response.setChunked(!response.headers().contains("Content-Length"));
            response.writeHead();
        });
        stream = new SocketOutput(response, connection, writer);
        return stream;
    }

    @Override
    public <E> Watch watch(String contentType, Broadcast<E> broadcast, Supplier<Replay> replay, Function<E, byte[]> frame, Runnable onClose) {
        serving.watchBegins();
        var ending = new Ending(serving, connection);
        try {
            var watch = LiveWatch.start(broadcast, connection.loop(), watchFrames(contentType), replay, frame, () -> {
                ending.over();
                onClose.run();
            });
            begin();
            ending.runs(watch::end);
            return watch;
        } catch (RuntimeException | Error e) {
            ending.over();
            throw e;
        }
    }

    @Override
    public void webSocket(List<String> protocols, Consumer<WebSocket> open) {
        var chosen = Subprotocols.choose(request.headers().getAll(Subprotocols.HEADER), protocols);
        if (!request.canUpgradeToWebSocket()) {
            send(400, "text/plain", "expected a WebSocket upgrade over HTTP/1.1".getBytes(StandardCharsets.UTF_8));
        } else if (chosen.isEmpty()) {
            send(400, "text/plain", Subprotocols.refusal(protocols).getBytes(StandardCharsets.UTF_8));
        } else {
            begin();
            connection.loop().execute(() -> SocketWebSocket.upgrade(request, connection, serving, chosen.get(), open));
        }
    }

    private void begin() {
        if (answered) throw new IllegalStateException("this request has been answered already");
        answered = true;
    }

    private void head(int status, String contentType) {
        response.setStatusCode(status);
        for (var header : headers) response.headers().add(header.getKey(), header.getValue());
        if (!contentType.isEmpty()) response.headers().set("Content-Type", contentType);
        if (!body.isEnded() && request.version() != HttpVersion.HTTP_2) closeAfterwards();
    }

    /// What is left of the body would have to be read before the next request: rather not, but hang up gently, for a reset
    /// could overtake the answer.
    private void closeAfterwards() {
        response.headers().set("Connection", "close");
        response.endHandler(_ -> {
            body.discard();
            connection.loop().executeLater(() -> connection.http().close(), LINGER_MILLIS);
        });
    }

    private SocketFrames frames() {
        return new SocketFrames(response, request.version(), connection, () -> { });
    }

    private SocketFrames watchFrames(String contentType) {
        return new SocketFrames(response, request.version(), connection, () -> {
            head(200, contentType);
            response.setChunked(true);
        });
    }

    @Override
    public boolean isAnswered() {
        return answered;
    }

    @Override
    public void handlerReturned(boolean failed) {
        if (stream == null) return;
        if (failed) stream.cut(frames());
        else stream.close();
    }
}
