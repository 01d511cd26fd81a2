package home.oikos.http;

import io.vertx.core.http.HttpConnection;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The open connections of a server, within their limits.
final class Connections {
    private final Limits limits;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> perAddress = new ConcurrentHashMap<>();

    Connections(Limits limits) {
        this.limits = limits;
    }

    int count() {
        return open.size();
    }

    /// On the event loop of a new connection. One too many is hung up on: before a request there is no answer to refuse it with.
    void opened(HttpConnection http) {
        var connection = Connection.attach(http);
        var address = http.remoteAddress().hostAddress();
        open.add(connection);
        var fromThere = perAddress.merge(address, 1, Integer::sum);
        connection.onClosed(() -> {
            open.remove(connection);
            perAddress.computeIfPresent(address, (_, n) -> n == 1 ? null : n - 1);
        });
        if (open.size() > limits.connectionsMax() || fromThere > limits.connectionsPerAddressMax() && !isLoopback(address)) http.close();
    }

    private static boolean isLoopback(String address) {
        return InetAddress.ofLiteral(address).isLoopbackAddress();
    }

    /// Closes what has had no request for too long; also what connects and never sends a whole one.
    void closeIdle() {
        var nanos = limits.idleTimeout().toNanos();
        open.forEach(connection -> connection.closeIfIdle(nanos));
    }
}
