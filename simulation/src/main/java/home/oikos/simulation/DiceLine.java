package home.oikos.simulation;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/// The wire of the dice: whoever connects on this machine hears its clicks. Everything happens on the house's event loop.
final class DiceLine {
    private static final Duration LISTEN_AGAIN = Duration.ofSeconds(1);
    private static final int EARS_MAX = 16;

    private final Dice dice;
    private final Vertx vertx;
    private final int port;
    private final Set<NetSocket> ears = new LinkedHashSet<>();

    DiceLine(Dice dice, Vertx vertx, int port) {
        this.dice = dice;
        this.vertx = vertx;
        this.port = port;
    }

    /// While somebody else has the port it is tried again.
    void listen() {
        vertx.createNetServer().connectHandler(this::plug).listen(port, "127.0.0.1")
                .onFailure(_ -> vertx.setTimer(LISTEN_AGAIN.toMillis(), _ -> listen()));
    }

    private void plug(NetSocket ear) {
        if (!dice.reachable() || ears.size() >= EARS_MAX) {
            ear.close();
            return;
        }
        ears.add(ear);
        ear.closeHandler(_ -> ears.remove(ear));
    }

    /// Tells what clicked in that time; a listener that does not keep up misses it.
    void pass(Duration time) {
        if (!dice.reachable()) Set.copyOf(ears).forEach(NetSocket::close);
        if (ears.isEmpty()) return;
        var clicks = dice.clicks(time.toMillis() / 1e3);
        for (var ear : ears) if (!ear.writeQueueFull()) ear.write(Buffer.buffer(clicks));
    }
}
