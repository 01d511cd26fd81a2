package home.oikos.driver.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// So many in a minute, no more. Belongs to [Desk].
final class Rate {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Clock clock;
    private final int most;
    private Instant since = Instant.EPOCH;
    private int count;

    Rate(Clock clock, int most) {
        this.clock = clock;
        this.most = most;
    }

    /// Counts one.
    /// @return whether it is one too many
    boolean exceeded() {
        var now = clock.instant();
        // A clock that was set back begins a window, too.
        if (now.isBefore(since) || !now.isBefore(since.plus(WINDOW))) {
            since = now;
            count = 0;
        }
        return ++count > most;
    }
}
