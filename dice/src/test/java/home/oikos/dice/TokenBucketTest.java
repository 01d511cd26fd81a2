package home.oikos.dice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.base.StandingClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private final StandingClock clock = StandingClock.at("2026-01-01T00:00:00Z");
    private final TokenBucket bucket = new TokenBucket(10, 100, clock);

    @Test
    void aBurstIsGivenAndThenSoMuchASecond() {
        assertEquals(Duration.ZERO, bucket.take("a", 100));
        assertEquals(Duration.ofSeconds(2), bucket.take("a", 20));
        clock.advance(Duration.ofMillis(1_999));
        assertTrue(bucket.take("a", 20).isPositive());
        clock.advance(Duration.ofMillis(1));
        assertEquals(Duration.ZERO, bucket.take("a", 20));
        clock.advance(Duration.ofDays(1));
        assertEquals(Duration.ZERO, bucket.take("a", 100));
        assertTrue(bucket.take("a", 1).isPositive(), "it does not fill above its burst");
    }

    @Test
    void oneTakesNothingFromAnother() {
        bucket.take("a", 100);
        assertEquals(Duration.ZERO, bucket.take("b", 100));
    }

    @Test
    void aClockThatGoesBackGivesNothing() {
        bucket.take("a", 100);
        clock.advance(Duration.ofDays(-1));
        assertTrue(bucket.take("a", 1).isPositive());
        assertTrue(bucket.take("a", 1).compareTo(Duration.ofSeconds(1)) < 0, "and takes nothing for long");
    }
}
