package home.oikos.node;

import java.util.Optional;

/// Results in a row of one probe. Immutable.
record ProbeCounter(int successes, int failures) {
    static final ProbeCounter ZERO = new ProbeCounter(0, 0);

    ProbeCounter with(boolean success) {
        return success ? new ProbeCounter(successes + 1, 0) : new ProbeCounter(0, failures + 1);
    }

    /// What so many results in a row mean; empty while they mean nothing yet.
    Optional<Boolean> verdict(ProbeSpec spec) {
        if (successes >= spec.successThreshold()) return Optional.of(true);
        return failures >= spec.failureThreshold() ? Optional.of(false) : Optional.empty();
    }
}
