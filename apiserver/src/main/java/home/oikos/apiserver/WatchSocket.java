package home.oikos.apiserver;

import home.oikos.http.LocalAnswer;
import home.oikos.http.LocalExchange;
import home.oikos.http.LocalRequest;
import home.oikos.http.Request;
import home.oikos.http.Response;
import home.oikos.http.WebSocket;
import java.io.IOException;
import java.util.List;

/// A watch over a WebSocket, as web pages and fabric8 have it: the same watch, each frame one message. It is run in process and its frames
/// handed on.
final class WatchSocket {
    private static final List<String> PROTOCOLS = List.of("", "base64url.bearer.authorization.k8s.io");

    private final Watcher watcher;
    private final Resource resource;
    private final ApiCall call;

    WatchSocket(Watcher watcher, Resource resource, ApiCall call) {
        this.watcher = watcher;
        this.resource = resource;
        this.call = call;
    }

    /// A watch that is refused is refused before the upgrade, by its own answer.
    void answer(Request request, Response response) throws IOException {
        var inner = LocalRequest.of("GET", request.path() + "?" + request.query());
        request.headers("Accept").forEach(a -> inner.with("Accept", a));
        var exchange = new LocalExchange((q, p) -> new ErrorFilter()
                .apply(q, p, (again, answer) -> watcher.watch(again, answer, resource, call)));
        switch (exchange.call(inner)) {
            case LocalAnswer.Watched watched -> response.webSocket(PROTOCOLS, socket -> pump(watched, socket));
            case LocalAnswer.Whole(int status, var headers, byte[] body) when status == 200 -> response.webSocket(PROTOCOLS,
                    socket -> one(body, socket));
            case LocalAnswer.Whole(int status, var headers, byte[] body) -> response.send(status, headers.get("Content-Type").getFirst(),
                    body);
            case LocalAnswer.Streamed _, LocalAnswer.Upgraded _ -> throw new IllegalStateException("a watch answers otherwise");
        }
    }

    private static void pump(LocalAnswer.Watched watched, WebSocket socket) {
        Thread.ofVirtual().name("watch-socket-reader").start(() -> untilGone(socket, watched));
        try (var frames = watched.frames()) {
            for (var frame = frames.next(); frame.isPresent(); frame = frames.next()) socket.write(new WebSocket.Message(false,
                    trimmed(frame.get())));
            socket.close(1000, "");
        } catch (IOException _) {
            // Either the client has gone or it was too slow and is cut.
        }
    }

    private static void untilGone(WebSocket socket, LocalAnswer.Watched watched) {
        try {
            for (var message = socket.read(); message.isPresent(); message = socket.read()) {
                // A client has nothing to say on a watch.
            }
        } catch (IOException _) {
            // Gone without a word, which is as good.
        }
        watched.frames().close();
    }

    /// The new line that ends a frame on a stream is no part of a message.
    private static byte[] trimmed(byte[] frame) {
        int length = frame.length > 0 && frame[frame.length - 1] == '\n' ? frame.length - 1 : frame.length;
        return java.util.Arrays.copyOf(frame, length);
    }

    private static void one(byte[] body, WebSocket socket) {
        try {
            socket.write(new WebSocket.Message(false, trimmed(body)));
            socket.close(1000, "");
        } catch (IOException _) {
            // Nobody is left to tell.
        }
    }
}
