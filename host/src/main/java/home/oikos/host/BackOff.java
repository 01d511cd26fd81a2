package home.oikos.host;

import java.time.Duration;

/// How long to wait before the next attempt: doubles from `first` to `longest`, and starts again after a run of `settled`.
public record BackOff(Duration first, Duration longest, Duration settled) {
    /// Children of the home: at once when they lived long enough, else from a fifth of a second up to half a minute.
    public static final BackOff CHILD = new BackOff(Duration.ofMillis(200), Duration.ofSeconds(30), Duration.ofSeconds(60));

    /// The wait before attempt number `failures + 1`, when the last `failures` attempts in a row ended too soon.
    public Duration after(int failures) {
        if (failures <= 0) return Duration.ZERO;
        var doubled = first.multipliedBy(1L << Math.min(failures - 1, 30));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }

    /// Failures in a row, counting a run that just ended.
    public int failures(int before, Duration ran) {
        return ran.compareTo(settled) >= 0 ? 0 : before + 1;
    }
}
