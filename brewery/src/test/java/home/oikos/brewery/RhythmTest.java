package home.oikos.brewery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RhythmTest {
    private static final BatchClock REAL = new BatchClock(Instant.EPOCH, 1);
    private static final BatchClock FAST = new BatchClock(Instant.EPOCH, 720);

    @Test void aBatchIsLookedAtEveryFiveMinutesAndASimulatedOneMoreOften() {
        assertEquals(Duration.ofMinutes(5), Rhythm.look(REAL, Phase.Active));
        assertEquals(Duration.ofMillis(2_500), Rhythm.look(FAST, Phase.Active));
        assertEquals(Duration.ofMinutes(5), Rhythm.look(FAST, Phase.Done));
    }

    @Test void beerThatIsMadeIsWrittenOnlyWhenItReadsOtherwise() {
        assertFalse(Rhythm.isWorthAWrite(REAL, Phase.Done, false, Duration.ofDays(30)));
        assertFalse(Rhythm.isWorthAWrite(REAL, Phase.Done, true, Duration.ofMinutes(30)));
        assertTrue(Rhythm.isWorthAWrite(REAL, Phase.Done, true, Duration.ofHours(2)));
    }

    @Test void whileItLivesTheAgeOfFiguresStaysTrueToTheHour() {
        assertFalse(Rhythm.isWorthAWrite(REAL, Phase.Active, true, Duration.ofMinutes(4)));
        assertTrue(Rhythm.isWorthAWrite(REAL, Phase.Active, true, Duration.ofMinutes(5)));
        assertFalse(Rhythm.isWorthAWrite(REAL, Phase.Active, false, Duration.ofMinutes(50)));
        assertTrue(Rhythm.isWorthAWrite(REAL, Phase.Active, false, Duration.ofHours(1)));
    }
}
