package home.oikos.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/// Notices that the machine's clock was set: it moved otherwise than time passed. A Raspberry Pi without a battery starts in the past and is set by the
/// network a minute later; a rest of five minutes has to last five minutes all the same. Belongs to the gateway's thread.
final class ClockWatch {
    /// What a clock that is only kept right may gain or lose between two looks.
    static final Duration TOLERANCE = Duration.ofSeconds(2);

    private final LongSupplier nanos;
    private Instant seen;
    private long seenNanos;

    /// @param nanos a count that nobody sets
    ClockWatch(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// By how much the clock was set since the last look; zero when it was not.
    Duration jump(Instant now) {
        long then = seenNanos;
        var before = seen;
        seenNanos = nanos.getAsLong();
        seen = now;
        if (before == null) return Duration.ZERO;
        var jump = Duration.between(before, now).minusNanos(seenNanos - then);
        return jump.abs().compareTo(TOLERANCE) > 0 ? jump : Duration.ZERO;
    }
}
