package home.oikos.driver;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/// Tells of what could not be used, without letting a flood of it become a flood of words. Any thread may use it.
public final class Refusals {
    /// The same source is told once in so long.
    static final Duration PERIOD = Duration.ofMinutes(1);

    /// Sources remembered, about 200 bytes each; beyond it the oldest is forgotten.
    static final int SOURCES_MAX = 512;

    /// What all sources together may tell in a [#PERIOD].
    static final int TOLD_MAX = 60;

    private static final int CHARACTERS_MAX = 80;

    private final BiConsumer<String, String> listener;
    private final Clock clock;
    private final Map<String, Instant> told = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > SOURCES_MAX;
        }
    };
    private Instant since = Instant.EPOCH;
    private int count;

    public Refusals(DeviceListener listener, Clock clock) {
        this(listener::refused, clock);
    }

    /// @param listener told the source and why
    public Refusals(BiConsumer<String, String> listener, Clock clock) {
        this.listener = listener;
        this.clock = clock;
    }

    /// @param source the topic, address or register
    /// @param why a sentence with what was expected and what was found
    public synchronized void tell(String source, String why) {
        var now = clock.instant();
        var last = told.get(source);
        if (last != null && now.isBefore(last.plus(PERIOD)) || !hasRoom(now)) return;
        told.remove(source);
        told.put(source, now);
        listener.accept(shortened(source), why);
    }

    private boolean hasRoom(Instant now) {
        if (!now.isBefore(since.plus(PERIOD))) {
            since = now;
            count = 0;
        }
        return count++ < TOLD_MAX;
    }

    /// What somebody else wrote, as much of it as one can read in a sentence.
    public static String shortened(String text) {
        return text.length() <= CHARACTERS_MAX ? text : text.substring(0, CHARACTERS_MAX) + "…";
    }
}
