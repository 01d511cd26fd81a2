package home.oikos.workloads;

import home.oikos.base.Cron;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/// A schedule as CronJobs take one: a cron expression, or `@every 90s`, which cron itself does not know.
sealed interface CronSchedule {
    /// @throws IllegalArgumentException with words for the author of the schedule
    static CronSchedule parse(String text) {
        var trimmed = text.strip();
        return trimmed.startsWith("@every ") ? Every.parse(trimmed.substring(7).strip()) : new Times(Cron.parse(trimmed));
    }

    /// The first time after that instant; empty when there is none, as for a 30th of February.
    Optional<Instant> next(Instant after, ZoneId zone);

    /// The times that a cron expression names.
    record Times(Cron cron) implements CronSchedule {
        @Override
        public Optional<Instant> next(Instant after, ZoneId zone) {
            return cron.next(after.atZone(zone)).map(ZonedDateTime::toInstant);
        }
    }

    /// Again and again after the same time, to the second.
    record Every(Duration interval) implements CronSchedule {
        public Every {
            if (interval.compareTo(Duration.ofSeconds(1)) < 0) interval = Duration.ofSeconds(1);
            interval = interval.truncatedTo(ChronoUnit.SECONDS);
        }

        /// Go's duration notation, as in `1h30m`.
        static Every parse(String text) {
            try {
                return new Every(Duration.parse("PT" + text.toUpperCase(Locale.ROOT)));
            } catch (DateTimeParseException unreadable) {
                throw new IllegalArgumentException("failed to parse duration @every " + text);
            }
        }

        @Override
        public Optional<Instant> next(Instant after, ZoneId zone) {
            return Optional.of(after.truncatedTo(ChronoUnit.SECONDS).plus(interval));
        }
    }
}
