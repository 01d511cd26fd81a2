package home.oikos.http;

import java.io.UncheckedIOException;
import java.util.function.Consumer;

/// Serves an open socket on a virtual thread of its own and closes it afterwards.
final class OpenSocket {
    /// RFC 6455 section 7.4.1.
    private static final int NORMAL = 1000;
    private static final int SERVER_ERROR = 1011;
    private static final System.Logger LOG = System.getLogger(OpenSocket.class.getName());

    private OpenSocket() { }

    static void serve(WebSocket socket, Consumer<WebSocket> open) {
        Thread.ofVirtual().name("web-socket").start(() -> {
            try {
                open.accept(socket);
                socket.close(NORMAL, "");
            } catch (UncheckedIOException _) {
                socket.close(SERVER_ERROR, "connection broken");                 // most often the peer has gone: no news
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a web socket's handler failed", e);
                socket.close(SERVER_ERROR, "internal error");
            }
        });
    }
}
