package home.oikos.workloads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "* * * * *       | 2026-01-01T00:00:30Z | 2026-01-01T00:01:00Z",
        "*/15 * * * *    | 2026-01-01T00:15:00Z | 2026-01-01T00:30:00Z",
        "5/20 * * * *    | 2026-01-01T00:06:00Z | 2026-01-01T00:25:00Z",
        "0 8-10 * * *    | 2026-01-01T10:00:00Z | 2026-01-02T08:00:00Z",
        "0 18 * * FRI    | 2026-01-01T00:00:00Z | 2026-01-02T18:00:00Z",
        "0 0 1 jan,jul * | 2026-01-01T00:00:00Z | 2026-07-01T00:00:00Z",
        "0 0 29 2 *      | 2026-01-01T00:00:00Z | 2028-02-29T00:00:00Z",
        "0 0 13 * 5      | 2026-01-01T00:00:00Z | 2026-01-02T00:00:00Z",
        "@weekly         | 2026-01-01T00:00:00Z | 2026-01-04T00:00:00Z",
        "@every 1h30m    | 2026-01-01T00:00:00Z | 2026-01-01T01:30:00Z"})
    void theNextTimeIs(String schedule, Instant after, Instant next) {
        assertEquals(Optional.of(next), CronSchedule.parse(schedule).next(after, UTC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "* * * *", "* * * * * *", "60 * * * *", "* * 0 * *", "* * * * 8", "*/0 * * * *", "5-3 * * * *", "x * * * *",
        "@sometimes", "@every never", "1,, * * * *", "-1 * * * *"})
    void whatIsNoScheduleIsRefused(String schedule) {
        assertThrows(IllegalArgumentException.class, () -> CronSchedule.parse(schedule));
    }

    @Test
    void aDateThatNeverComesHasNoNextTime() {
        assertEquals(Optional.empty(), CronSchedule.parse("0 0 30 2 *").next(Instant.parse("2026-01-01T00:00:00Z"), UTC));
    }

    @Test
    void aLocalTimeFollowsSummerTime() {
        var evening = CronSchedule.parse("0 18 * * *");
        assertEquals(Optional.of(Instant.parse("2026-01-01T17:00:00Z")), evening.next(Instant.parse("2026-01-01T00:00:00Z"), BERLIN));
        assertEquals(Optional.of(Instant.parse("2026-07-01T16:00:00Z")), evening.next(Instant.parse("2026-07-01T00:00:00Z"), BERLIN));
    }
}
