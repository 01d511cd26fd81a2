package home.oikos.driver;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A driver without a protocol, for tests of what stands above drivers: it says what it is told to say and keeps the commands it gets.
public final class FakeDriver implements Driver {
    /// A block with this member makes no sense.
    static final String NONSENSE = "nonsense";

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
        var understood = new HashMap<>(connections);
        understood.values().removeIf(block -> block.has(NONSENSE));
        connections.keySet().stream().filter(device -> !understood.containsKey(device)).forEach(device -> listener.refused(device.toString(), NONSENSE));
        served = Map.copyOf(understood);
    }

    public Map<ObjectKey, JsonObject> served() {
        return served;
    }

    @Override
    public void send(Command command) throws IOException {
        if (!up) throw new IOException("the fake link is down");
        if (served.containsKey(command.device())) commands.add(command);
    }

    /// The commands that left, oldest first; taken by the test.
    public BlockingQueue<Command> commands() {
        return commands;
    }

    /// The device says this; heard only if somebody asked for it to be served.
    public void say(ObjectKey device, String property, Value value, Delivery delivery) {
        if (served.containsKey(device)) listener.read(device, List.of(new Reading(property, value)), delivery);
        else delivery.acknowledge();
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
