package home.oikos.controller;

import java.time.Duration;
import java.time.Instant;

/// What a reconciler says of its key.
public sealed interface Outcome {
    /// Nothing to do until something changes.
    record Settled() implements Outcome { }

    /// Look again after that time, or earlier when something changes.
    record CheckAgain(Duration after) implements Outcome { }

    /// What was read was no longer true, or something is not there yet: again soon, and ever later.
    record Retry(String why) implements Outcome { }

    Outcome SETTLED = new Settled();

    /// Look again at that instant.
    static Outcome checkAt(Instant when, Instant now) {
        var after = Duration.between(now, when);
        return new CheckAgain(after.isNegative() ? Duration.ZERO : after);
    }
}
