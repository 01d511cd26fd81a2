package home.oikos.driver.mqtt;

import home.oikos.driver.DeviceListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Tells of what could not be used, without letting a flood of it become a flood of words. Used by the event loop.
final class Refusals {
    /// The same topic is told once in so long.
    static final Duration PERIOD = Duration.ofMinutes(1);

    /// Topics remembered, about 200 bytes each; beyond it the oldest is forgotten.
    static final int TOPICS_MAX = 512;

    /// What all topics together may tell in a [#PERIOD].
    static final int TOLD_MAX = 60;

    private final DeviceListener listener;
    private final Clock clock;
    private final Map<String, Instant> told = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > TOPICS_MAX;
        }
    };
    private Instant since = Instant.EPOCH;
    private int count;

    Refusals(DeviceListener listener, Clock clock) {
        this.listener = listener;
        this.clock = clock;
    }

    void tell(String source, String why) {
        var now = clock.instant();
        var last = told.get(source);
        if (last != null && now.isBefore(last.plus(PERIOD)) || !hasRoom(now)) return;
        told.remove(source);
        told.put(source, now);
        listener.refused(Wire.shortened(source), why);
    }

    private boolean hasRoom(Instant now) {
        if (!now.isBefore(since.plus(PERIOD))) {
            since = now;
            count = 0;
        }
        return count++ < TOLD_MAX;
    }
}
