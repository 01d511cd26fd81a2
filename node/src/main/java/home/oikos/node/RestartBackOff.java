package home.oikos.node;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// How long a container that keeps ending waits before it runs again: at once the first time, then 10 s, 20 s and so on up to 5 minutes;
/// from the beginning when it ran for 10 minutes. The count is written on each container, so that our own restart forgets nothing.
final class RestartBackOff {
    static final Duration FIRST = Duration.ofSeconds(10);
    static final Duration LONGEST = Duration.ofMinutes(5);
    static final Duration SETTLED = Duration.ofMinutes(10);
    static final String ANNOTATION = "oikos.home/restarts-in-a-row";

    private RestartBackOff() { }

    /// How many restarts in a row the next run of this container will be.
    static int next(Container ended) {
        var ran = Duration.between(ended.startedTime().orElse(ended.createdTime()), ended.finishedTime().orElse(ended.createdTime()));
        return ran.compareTo(SETTLED) >= 0 ? 1 : count(ended.annotations()) + 1;
    }

    static int count(Map<String, String> annotations) {
        try {
            return Integer.parseInt(annotations.getOrDefault(ANNOTATION, "0"));
        } catch (NumberFormatException notOurs) {
            return 0;
        }
    }

    static Duration wait(int restartsInARow) {
        if (restartsInARow <= 1) return Duration.ZERO;
        var doubled = FIRST.multipliedBy(1L << Math.min(restartsInARow - 2, 20));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }

    /// When a container that has ended may run again.
    static Instant due(Container ended) {
        return ended.finishedTime().orElse(ended.createdTime()).plus(wait(next(ended)));
    }
}
