package home.oikos.dice;

import java.time.Duration;
import java.time.Instant;

/// When a source that failed its tests gets another chance. One that was only unplugged gets it as soon as it is back.
/// @param alarmsMax after so many alarms with no proof in between only a person brings it back
/// @param firstWait before the first other chance; each further one waits twice as long
public record Comeback(int alarmsMax, Duration firstWait) {
    public static final Comeback DEFAULT = new Comeback(6, Duration.ofSeconds(30));
    private static final Duration WAIT_MAX = Duration.ofHours(6);

    Instant retryTime(Instant failed, int alarms) {
        if (alarms >= alarmsMax) return Instant.MAX;
        var doubled = firstWait.multipliedBy(1L << Math.clamp(alarms - 2L, 0, 20));
        return failed.plus(doubled.compareTo(WAIT_MAX) < 0 ? doubled : WAIT_MAX);
    }
}
