package home.oikos.driver.http;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.driver.Command;
import home.oikos.driver.DeviceListener;
import home.oikos.driver.Driver;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The HTTP driver. No port is open until a Device asks for it, and none once no Device does. Methods may be called from any thread.
public final class HttpDriver implements Driver {
    private final HttpSettings settings;
    private final Function<ObjectKey, Optional<String>> tokens;
    private final Clock clock;
    private DeviceListener listener;
    private Desk desk;
    private Door door;
    private boolean closed;

    /// @param tokens what is in the Secret of a sensor's token; empty when there is none of that name
    public HttpDriver(HttpSettings settings, Function<ObjectKey, Optional<String>> tokens, Clock clock) {
        this.settings = settings;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public String protocol() {
        return "http";
    }

    @Override
    public synchronized void start(DeviceListener told) {
        listener = told;
        desk = new Desk(told, tokens, clock);
        // Whoever starts it may be who has to take the word.
        Thread.ofVirtual().name("http link").start(() -> told.linked(true, ""));
    }

    @Override
    public synchronized void serve(Map<ObjectKey, JsonObject> connections) {
        if (closed) return;
        boolean needed = desk.serve(connections);
        if (needed && door == null) {
            door = new Door(settings, desk, listener, Door.REQUEST_MAX);
            door.open();
        } else if (!needed) {
            shut();
        }
    }

    private void shut() {
        if (door != null) door.close();
        door = null;
    }

    /// Sensors speak; nothing here listens.
    @Override
    public void send(Command command) throws IOException {
        throw new IOException("a sensor that posts takes no commands");
    }

    @Override
    public synchronized void close() {
        closed = true;
        shut();
    }
}
