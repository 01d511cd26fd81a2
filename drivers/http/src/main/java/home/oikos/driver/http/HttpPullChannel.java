package home.oikos.driver.http;

import home.oikos.api.ObjectKey;
import home.oikos.driver.FirmwareChannel;
import home.oikos.driver.FirmwareListener;
import home.oikos.driver.FirmwareTarget;
import home.oikos.driver.ImageServer;
import home.oikos.driver.MessageLine;
import home.oikos.driver.Refusals;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Firmware for devices that are told, over HTTP or MQTT, to fetch it: Shellys of the second generation and later, and Tasmotas. Each has a thread of its
/// own.
/// Methods may be called from any thread.
public final class HttpPullChannel implements FirmwareChannel {
    private static final Duration PACE = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ImageServer images;
    private final Optional<MessageLine> line;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Duration pace;
    private final Duration patience;
    private final Map<ObjectKey, PullSession> sessions = new HashMap<>();
    private FirmwareListener listener;
    /// From when a device needs it.
    private PullWays ways;

    /// @param line for devices that are spoken to over MQTT; empty without a broker
    /// @param nanos a clock that nobody sets, in nanoseconds
    public HttpPullChannel(ImageServer images, Optional<MessageLine> line, Clock clock, LongSupplier nanos) {
        this(images, line, clock, nanos, PACE, PATIENCE);
    }

    HttpPullChannel(ImageServer images, Optional<MessageLine> line, Clock clock, LongSupplier nanos, Duration pace, Duration patience) {
        this.images = images;
        this.line = line;
        this.clock = clock;
        this.nanos = nanos;
        this.pace = pace;
        this.patience = patience;
    }

    @Override
    public String name() {
        return "HttpPull";
    }

    @Override
    public synchronized void start(FirmwareListener told) {
        listener = told;
    }

    @Override
    public synchronized void serve(Map<ObjectKey, FirmwareTarget> targets) {
        if (listener == null) return;
        sessions.entrySet().removeIf(entry -> {
            boolean gone = !targets.containsKey(entry.getKey());
            if (gone) entry.getValue().end();
            return gone;
        });
        targets.forEach((device, target) -> sessions.computeIfAbsent(device, _ -> begin(device, target)).serve(target));
    }

    private PullSession begin(ObjectKey device, FirmwareTarget target) {
        if (ways == null) ways = new PullWays(new Asker(patience), line, images, listener, new Refusals(listener::refused, clock), nanos, pace, patience);
        var session = new PullSession(device, target, ways);
        Thread.ofVirtual().name("firmware of " + device).start(session);
        return session;
    }

    @Override
    public synchronized void close() {
        listener = null;
        sessions.values().forEach(PullSession::end);
        sessions.clear();
        if (ways != null) ways.asker().close();
        ways = null;
    }
}
