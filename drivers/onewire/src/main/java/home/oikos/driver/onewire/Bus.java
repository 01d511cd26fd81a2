package home.oikos.driver.onewire;

import home.oikos.api.ObjectKey;
import home.oikos.driver.Announcement;
import home.oikos.driver.Reading;
import home.oikos.driver.Value;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/// One owserver and who of it is asked how often. [#serve] and [#close] may be called from any thread; a thread of its own asks.
final class Bus implements AutoCloseable {
    /// A thermometer that is plugged in shows within this.
    private static final long LOOK_NANOS = Duration.ofMinutes(1).toNanos();
    /// What a DS18B20 holds until its first conversion: it lost its supply since.
    private static final double POWER_ON = 85;
    /// Beer that boils comes near it by degrees.
    private static final double NEAR_POWER_ON = 75;
    private static final String POWER_ON_WORDS = "85 °C, as after a loss of its supply";

    private final String name;
    private final InetSocketAddress address;
    private final Ear ear;
    private final LongSupplier nanos;
    private final Map<ObjectKey, Seat> seats = new TreeMap<>();
    private Thread thread;
    private boolean closed;
    private OwServer server;
    private long look;

    /// Whom a bus tells. Called on its thread.
    interface Ear {
        void read(ObjectKey device, List<Reading> readings);

        /// One sensor does not answer.
        void missing(ObjectKey device, Probe probe);

        /// The server answers, or does not.
        void heard(Bus bus, boolean up, String why);

        void found(List<Announcement> thermometers);
    }

    /// A sensor and when it is next asked.
    private static final class Seat {
        private final Probe probe;
        private final Map<String, Double> last = new HashMap<>();
        private long due;

        Seat(Probe probe, long due) {
            this.probe = probe;
            this.due = due;
        }
    }

    /// @param nanos a clock that only goes forward
    Bus(InetSocketAddress address, Ear ear, LongSupplier nanos) {
        this.address = address;
        this.name = address.getHostString() + ":" + address.getPort();
        this.ear = ear;
        this.nanos = nanos;
        this.look = nanos.getAsLong();
    }

    Bus start() {
        thread = Thread.ofVirtual().name("onewire " + name).start(this::run);
        return this;
    }

    String name() {
        return name;
    }

    /// Who is asked from now on.
    synchronized void serve(Map<ObjectKey, Probe> probes) {
        seats.keySet().retainAll(probes.keySet());
        probes.forEach((device, probe) -> {
            var seat = seats.get(device);
            if (seat == null || !seat.probe.equals(probe)) seats.put(device, new Seat(probe, nanos.getAsLong()));
        });
        notifyAll();
    }

    synchronized List<ObjectKey> devices() {
        return List.copyOf(seats.keySet());
    }

    private void run() {
        try {
            while (awaitDue()) round();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return false when it was closed
    private synchronized boolean awaitDue() throws InterruptedException {
        while (!closed) {
            long next = seats.values().stream().mapToLong(seat -> seat.due - nanos.getAsLong()).min().orElse(LOOK_NANOS);
            if (next <= 0) return true;
            wait(Math.max(1, Duration.ofNanos(next).toMillis()));
        }
        return false;
    }

    /// Asks for all that is due. A server that fails is not asked again before the next time.
    private void round() {
        var due = due();
        try {
            if (nanos.getAsLong() - look >= 0) look();
            for (var entry : due.entrySet()) ask(entry.getKey(), entry.getValue());
            ear.heard(this, true, "");
        } catch (IOException away) {
            drop();
            if (!isClosed()) ear.heard(this, false, "cannot ask the owserver at %s: %s".formatted(name, away.getMessage()));
        }
    }

    private synchronized Map<ObjectKey, Seat> due() {
        var due = new TreeMap<ObjectKey, Seat>();
        long now = nanos.getAsLong();
        seats.forEach((device, seat) -> {
            if (seat.due - now > 0) return;
            due.put(device, seat);
            seat.due = now + seat.probe.period().toNanos();
        });
        return due;
    }

    private synchronized boolean isServed(ObjectKey device, Seat seat) {
        return !closed && seats.get(device) == seat;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void ask(ObjectKey device, Seat seat) throws IOException {
        var readings = new ArrayList<Reading>();
        for (var property : seat.probe.properties()) {
            answer(connection -> connection.read(seat.probe.path(property)))
                    .ifPresent(text -> readings.add(new Reading(property.name(), value(seat, property, text)).in(property.unit())));
        }
        if (!isServed(device, seat)) return;
        if (readings.isEmpty()) ear.missing(device, seat.probe);
        else ear.read(device, readings);
    }

    /// The value as a number where it is one. What a thermometer says before it measured is told as words: they are no temperature, and say why.
    private static Value value(Seat seat, Probe.Property property, String text) {
        double number = number(text);
        if (!Double.isFinite(number)) return new Value.Text(text);
        var last = seat.last.get(property.name());
        if (property.isTemperature() && number == POWER_ON && (last == null || last < NEAR_POWER_ON)) return new Value.Text(POWER_ON_WORDS);
        seat.last.put(property.name(), number);
        return new Value.Number(number);
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException words) {
            return Double.NaN;
        }
    }

    private void look() throws IOException {
        look = nanos.getAsLong() + LOOK_NANOS;
        answer(OwServer::directory).ifPresent(directory -> ear.found(Thermometers.in(directory, name)));
    }

    @FunctionalInterface
    private interface Question {
        Optional<String> ask(OwServer connection) throws IOException;
    }

    /// A connection that was kept may have been closed meanwhile: that is no fault, a new one that fails is.
    private Optional<String> answer(Question question) throws IOException {
        var kept = server;
        if (kept != null) {
            try {
                return asked(kept, question);
            } catch (IOException stale) {
                drop();
            }
        }
        return asked(connect(), question);
    }

    private Optional<String> asked(OwServer connection, Question question) throws IOException {
        var answer = question.ask(connection);
        if (!connection.stays()) drop();
        return answer;
    }

    private OwServer connect() throws IOException {
        var fresh = new OwServer(address);
        synchronized (this) {
            server = fresh;
            if (!closed) return fresh;
        }
        drop();
        throw new IOException("closed");
    }

    private synchronized void drop() {
        if (server == null) return;
        try {
            server.close();
        } catch (IOException gone) {
            // It is of no use any more either way.
        }
        server = null;
    }

    /// Its thread ends soon after; it tells nothing more.
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            seats.clear();
        }
        drop();
        thread.interrupt();
    }
}
