package home.oikos.dice;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// How much each user may still take: it fills steadily up to a burst. For many threads.
final class TokenBucket {
    /// Users remembered; a forgotten one has a full bucket. About 100 bytes each.
    private static final int USERS_MAX = 1_000;

    private final long perSecond;
    private final long burst;
    private final Clock clock;
    private final Map<String, Level> levels = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Level> eldest) {
            return size() > USERS_MAX;
        }
    };

    private record Level(double tokens, Instant at) { }

    TokenBucket(long perSecond, long burst, Clock clock) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.clock = clock;
    }

    /// @return how long to wait before so much is there; zero when it was taken
    synchronized Duration take(String user, long tokens) {
        var now = clock.instant();
        var level = levels.getOrDefault(user, new Level(burst, now));
        double seconds = Math.max(0, Duration.between(level.at(), now).toMillis() / 1e3);
        double there = Math.min(burst, level.tokens() + seconds * perSecond);
        boolean enough = there >= tokens;
        levels.put(user, new Level(enough ? there - tokens : there, now));
        return enough ? Duration.ZERO : Duration.ofMillis((long) Math.ceil((tokens - there) * 1e3 / perSecond));
    }
}
