package home.oikos.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Passes everything on and remembers the status.
final class StatusResponse implements Response {
    private final Response response;
    private int status = 500;

    StatusResponse(Response response) {
        this.response = response;
    }

    int status() {
        return status;
    }

    void assume(int unanswered) {
        if (!isAnswered()) status = unanswered;
    }

    @Override
    public void header(String name, String value) {
        response.header(name, value);
    }

    @Override
    public void send(int code, String contentType, byte[] body) {
        status = code;
        response.send(code, contentType, body);
    }

    @Override
    public OutputStream stream(int code, String contentType) throws IOException {
        status = code;
        return response.stream(code, contentType);
    }

    @Override
    public <E> Watch watch(String contentType, Broadcast<E> broadcast, Supplier<Replay> replay, Function<E, byte[]> frame, Runnable onClose) {
        var watch = response.watch(contentType, broadcast, replay, frame, onClose);
        status = 200;
        return watch;
    }

    /// A refusal for want of a common subprotocol is a 400, which only the server below knows: it counts as an upgrade tried.
    @Override
    public void webSocket(List<String> protocols, Consumer<WebSocket> open) {
        status = 101;
        response.webSocket(protocols, open);
    }

    @Override
    public boolean isAnswered() {
        return response.isAnswered();
    }
}
