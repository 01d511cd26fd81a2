package home.oikos.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class CronTest {
    private static String next(String cron, String after) {
        return Cron.parse(cron).next(ZonedDateTime.parse(after)).orElseThrow().toString();
    }

    private static String previous(String cron, String before) {
        return Cron.parse(cron).previous(ZonedDateTime.parse(before)).orElseThrow().toString();
    }

    @Test void theNextTimeIsAfterTheGivenOne() {
        assertEquals("2026-01-01T00:05Z", next("*/5 * * * *", "2026-01-01T00:00:00Z"));
        assertEquals("2026-01-02T18:00Z", next("0 18 * * fri", "2026-01-01T00:00:00Z"));
        assertEquals("2028-02-29T00:00Z", next("0 0 29 2 *", "2026-01-01T00:00:00Z"));
    }

    @Test void thePreviousTimeMayBeNow() {
        assertEquals("2026-01-02T18:00Z", previous("0 18 * * 5", "2026-01-02T18:00:00Z"));
        assertEquals("2025-12-28T23:00Z", previous("0 23 * * sun", "2026-01-02T18:00:00Z"));
    }

    @Test void eitherDayIsEnoughWhenBothAreRestricted() {
        assertEquals("2026-01-05T00:00Z", next("0 0 15 * mon", "2026-01-01T00:00:00Z"));
        assertEquals("2026-01-15T00:00Z", next("0 0 15 * mon", "2026-01-12T00:00:00Z"));
    }

    @Test void sundayIsZeroAndSeven() {
        assertEquals(next("0 0 * * 0", "2026-01-01T00:00:00Z"), next("0 0 * * 7", "2026-01-01T00:00:00Z"));
    }

    @Test void aSkippedHourFiresAtTheEndOfTheGap() {
        assertEquals("2026-03-29T03:30+02:00[Europe/Berlin]", next("30 2 * * *", "2026-03-28T12:00:00+01:00[Europe/Berlin]"
                .replace("12:00:00", "23:00:00")));
    }

    @Test void whatIsNoCronIsRefusedInWords() {
        for (var wrong : new String[] {"", "* * * *", "60 * * * *", "5-1 * * * *", "a * * * *", "*/0 * * * *"}) {
            var refused = assertThrows(IllegalArgumentException.class, () -> Cron.parse(wrong), wrong);
            assertTrue(refused.getMessage().length() > 10);
        }
    }

    @Test void aDayThatNeverComesIsNotFound() {
        assertTrue(Cron.parse("0 0 31 2 *").next(ZonedDateTime.parse("2026-01-01T00:00:00Z")).isEmpty());
    }
}
