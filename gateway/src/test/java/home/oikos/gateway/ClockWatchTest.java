package home.oikos.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private final AtomicLong nanos = new AtomicLong();
    private final ClockWatch watch = new ClockWatch(nanos::get);
    private Instant now = Instant.parse("1970-01-01T00:01:00Z");

    private Duration jump(Duration passed, Duration shown) {
        nanos.addAndGet(passed.toNanos());
        now = now.plus(shown);
        return watch.jump(now);
    }

    @Test void aClockThatIsOnlyKeptRightHasNotJumped() {
        assertEquals(Duration.ZERO, jump(Duration.ZERO, Duration.ZERO));
        assertEquals(Duration.ZERO, jump(Duration.ofSeconds(60), Duration.ofMillis(61_900)));
        assertEquals(Duration.ZERO, jump(Duration.ofHours(1), Duration.ofHours(1)));
    }

    @Test void aClockThatIsSetJumpsByWhatDidNotPass() {
        jump(Duration.ZERO, Duration.ZERO);
        assertEquals(Duration.ofDays(20_000).minusSeconds(1), jump(Duration.ofSeconds(1), Duration.ofDays(20_000)));
        assertEquals(Duration.ofHours(-1).minusSeconds(5), jump(Duration.ofSeconds(5), Duration.ofHours(-1)));
        assertEquals(Duration.ZERO, jump(Duration.ofSeconds(5), Duration.ofSeconds(5)), "once is once");
    }
}
