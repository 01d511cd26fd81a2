package home.oikos.apiserver;

import home.oikos.http.Request;

/// Tells requests that want a WebSocket.
final class Sockets {
    private Sockets() { }

    static boolean wanted(Request request) {
        return request.header("Upgrade").map("websocket"::equalsIgnoreCase).orElse(false) || request.header("Sec-WebSocket-Protocol")
                .isPresent();
    }
}
