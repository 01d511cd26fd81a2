package home.oikos.gateway;

import java.time.Instant;

/// Whether a command may leave.
sealed interface Verdict {
    record Passes() implements Verdict { }

    /// It may leave later.
    record Waits(Instant until, String why) implements Verdict { }

    /// An interlock forbids it.
    record Refused(String interlock, String why) implements Verdict { }

    Verdict PASSES = new Passes();
}
