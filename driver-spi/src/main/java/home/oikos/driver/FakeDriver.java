package home.oikos.driver;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A driver without a protocol, for tests of what stands above drivers: it says what it is told to say and keeps the commands it gets.
public final class FakeDriver implements Driver {
    private final BlockingQueue<Command> commands = new LinkedBlockingQueue<>();
    private volatile Map<ObjectKey, JsonObject> served = Map.of();
    private volatile DeviceListener listener;
    private volatile boolean up = true;

    @Override
    public String protocol() {
        return "fake";
    }

    @Override
    public void start(DeviceListener told) {
        listener = told;
        told.linked(true, "");
    }

    @Override
    public void serve(Map<ObjectKey, JsonObject> connections) {
        served = Map.copyOf(connections);
    }

    public Map<ObjectKey, JsonObject> served() {
        return served;
    }

    @Override
    public void send(Command command) throws IOException {
        if (!up) throw new IOException("the fake link is down");
        commands.add(command);
    }

    /// The commands that left, oldest first; taken by the test.
    public BlockingQueue<Command> commands() {
        return commands;
    }

    /// The device says this.
    public void say(ObjectKey device, String property, Value value, Delivery delivery) {
        listener.read(device, List.of(new Reading(property, value)), delivery);
    }

    /// Whom to tell of everything else; null until started.
    public DeviceListener listener() {
        return listener;
    }

    /// Takes the link down or up.
    public void link(boolean isUp) {
        up = isUp;
        listener.linked(isUp, isUp ? "" : "the fake link is down");
    }

    @Override
    public void close() {
        up = false;
    }
}
