package home.oikos.driver.onewire;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.driver.Announcement;
import home.oikos.driver.Command;
import home.oikos.driver.Delivery;
import home.oikos.driver.DeviceListener;
import home.oikos.driver.Driver;
import home.oikos.driver.Reading;
import home.oikos.driver.Refusals;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/// The 1-Wire driver. It asks nobody until a Device names an owserver; its link is up while one of them answers, or nobody needs one. Methods
/// may be called from any thread.
public final class OneWireDriver implements Driver {
    /// Owservers of one home, each with a thread and a connection.
    static final int SERVERS_MAX = 16;
    /// Thermometers shown that nobody asked for; a bus holds some dozens.
    static final int SHOWN_MAX = 64;

    private final Clock clock;
    private final LongSupplier nanos;
    private final Map<String, Bus> buses = new TreeMap<>();
    /// Why a bus is away; empty text while it answers.
    private final Map<String, String> states = new TreeMap<>();
    private final Set<String> served = new HashSet<>();
    private final Set<String> shown = new HashSet<>();
    private DeviceListener listener;
    private Refusals refusals;
    /// Held while a word about the link is on its way, so that the last one told is the last one that was true.
    private final Object telling = new Object();
    /// As it was told.
    private boolean up;
    private boolean closed;

    /// @param nanos a clock that only goes forward
    public OneWireDriver(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
    }

    @Override
    public String protocol() {
        return "onewire";
    }

    @Override
    public synchronized void start(DeviceListener told) {
        listener = told;
        refusals = new Refusals(told, clock);
        tellLinkLater();
    }

    @Override
    public synchronized void serve(Map<ObjectKey, JsonObject> connections) {
        if (closed) return;
        var byServer = new TreeMap<String, Map<ObjectKey, Probe>>();
        served.clear();
        new TreeMap<>(connections).forEach((device, block) -> {
            try {
                place(device, Probe.read(block), byServer);
            } catch (IllegalArgumentException senseless) {
                refusals.tell("spec.connection.onewire of " + device, senseless.getMessage());
            }
        });
        shown.removeAll(served);
        for (var gone : List.copyOf(buses.keySet())) if (!byServer.containsKey(gone)) leave(gone);
        byServer.forEach((server, probes) -> buses.computeIfAbsent(server, _ -> new Bus(probes.values().iterator().next().address(), new Hearer(), nanos)
                .start()).serve(probes));
        tellLinkLater();
    }

    private void place(ObjectKey device, Probe probe, Map<String, Map<ObjectKey, Probe>> byServer) {
        if (!byServer.containsKey(probe.server()) && byServer.size() == SERVERS_MAX) {
            throw new IllegalArgumentException("more than " + SERVERS_MAX + " owservers are named");
        }
        if (!served.add(probe.id())) {
            // One of the two may be a discovery that somebody described by hand since; it gives way.
            listener.withdrawn(probe.id());
            throw new IllegalArgumentException("another Device is " + probe.id() + " already; delete one of the two");
        }
        byServer.computeIfAbsent(probe.server(), _ -> new HashMap<>()).put(device, probe);
    }

    private void leave(String server) {
        buses.remove(server).close();
        states.remove(server);
    }

    /// Whoever calls may be who has to take the word, and may have no room for it.
    private void tellLinkLater() {
        Thread.ofVirtual().name("onewire link").start(this::tellLink);
    }

    private void tellLink() {
        synchronized (telling) {
            boolean now;
            String why;
            synchronized (this) {
                now = states.isEmpty() || states.values().stream().anyMatch(String::isEmpty);
                why = now ? "" : String.join("; ", states.values());
                if (closed || now == up) return;
                up = now;
            }
            listener.linked(now, why);
        }
    }

    private void state(Bus bus, boolean answers, String why) {
        if (!isNews(bus, why)) return;
        if (!answers) {
            refusals.tell(bus.name(), why);
            bus.devices().forEach(device -> listener.available(device, false));
        }
        tellLink();
    }

    private synchronized boolean isNews(Bus bus, String why) {
        if (closed || buses.get(bus.name()) != bus) return false;
        var before = states.put(bus.name(), why);
        return before == null || before.isEmpty() != why.isEmpty();
    }

    private synchronized void found(List<Announcement> thermometers) {
        if (closed) return;
        for (var thermometer : thermometers) {
            if (served.contains(thermometer.id()) || shown.size() >= SHOWN_MAX || !shown.add(thermometer.id())) continue;
            listener.announced(thermometer);
        }
    }

    /// What a bus tells, handed on.
    private final class Hearer implements Bus.Ear {
        @Override
        public void read(ObjectKey device, List<Reading> readings) {
            listener.read(device, readings, Delivery.NONE);
        }

        @Override
        public void missing(ObjectKey device, Probe probe) {
            refusals.tell(probe.server() + "/" + probe.id(), "the owserver has no value of it: is the sensor plugged in?");
            listener.available(device, false);
        }

        @Override
        public void heard(Bus bus, boolean answers, String why) {
            state(bus, answers, why);
        }

        @Override
        public void found(List<Announcement> thermometers) {
            OneWireDriver.this.found(thermometers);
        }
    }

    /// Sensors are read; nothing on a bus is switched.
    @Override
    public void send(Command command) throws IOException {
        throw new IOException("a 1-Wire sensor takes no commands");
    }

    @Override
    public synchronized void close() {
        closed = true;
        List.copyOf(buses.keySet()).forEach(this::leave);
    }
}
