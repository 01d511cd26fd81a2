package home.oikos.gateway;

import home.oikos.driver.Value;
import java.time.Duration;
import java.time.Instant;

/// A command that is on its way: written to status, sent so many times, not confirmed yet.
///
/// @param committed whether status says so durably; what an interlock guards leaves only then, so that a restart still knows of it
/// @param count how often it left
/// @param next when it leaves again
record Attempt(Value value, boolean committed, int count, Instant sent, Instant next) {
    static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    static final Duration LAST_WAIT = Duration.ofSeconds(60);

    /// A command that a sleepy device or a broker holds back may still arrive for so long; until then its value is possible.
    static final Duration LIFETIME = Duration.ofSeconds(30);

    static Attempt planned(Value value, boolean committed, Instant now) {
        return new Attempt(value, committed, 0, now, now);
    }

    Attempt sent(Instant now) {
        var wait = FIRST_WAIT.multipliedBy(1L << Math.min(count, 10));
        return new Attempt(value, committed, count + 1, now, now.plus(wait.compareTo(LAST_WAIT) < 0 ? wait : LAST_WAIT));
    }

    Attempt commit() {
        return new Attempt(value, true, count, sent, next);
    }

    Attempt moved(Duration by) {
        return new Attempt(value, committed, count, sent.plus(by), next.plus(by));
    }

    /// The device is back: no reason to wait any longer. What left, once or more often, has left all the same.
    Attempt atOnce(Instant now) {
        return new Attempt(value, committed, Math.min(count, 2), sent, now);
    }

    boolean isPossible(Instant now) {
        return now.isBefore(sent.plus(LIFETIME));
    }
}
