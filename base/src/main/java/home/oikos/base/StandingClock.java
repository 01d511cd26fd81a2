package home.oikos.base;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// A clock that stands still until it is moved: for tests and simulations. Any thread may read and move it.
public final class StandingClock extends Clock {
    private volatile Instant now;

    public StandingClock(Instant start) {
        now = start;
    }

    /// A clock that stands at an instant such as `2026-01-01T00:00:00Z`.
    public static StandingClock at(String start) {
        return new StandingClock(Instant.parse(start));
    }

    public synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }

    public synchronized void moveTo(Instant instant) {
        now = instant;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
