package home.oikos.controller;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A schedule as Kubernetes takes one: five cron fields with lists, ranges, steps and English names, or `@daily`, `@every 90s` and the like.
/// Immutable. When the clock is put forward, a time that does not exist is left out; when it is put back, a schedule with a fixed hour fires
/// once, one for every hour in every hour.
public final class CronSchedule {
    private static final Map<String, String> MACROS = Map.of("@yearly", "0 0 1 1 *", "@annually", "0 0 1 1 *", "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0", "@daily", "0 0 * * *", "@midnight", "0 0 * * *", "@hourly", "0 * * * *");
    private static final List<String> MONTHS = List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    /// A date that exists comes within this, leap days over a century that has none included.
    private static final int SEARCH_DAYS_MAX = 366 * 8 + 2;

    private final Optional<Duration> every;
    private final Field minutes;
    private final Field hours;
    private final Field days;
    private final Field months;
    private final Field weekdays;

    /// The values of a field, and whether it was a star: of the two day fields a star gives way to the other.
    private record Field(BitSet values, boolean star) {
        boolean has(int value) {
            return values.get(value);
        }
    }

    private CronSchedule(Optional<Duration> every, List<Field> fields) {
        this.every = every;
        this.minutes = fields.get(0);
        this.hours = fields.get(1);
        this.days = fields.get(2);
        this.months = fields.get(3);
        this.weekdays = fields.get(4);
    }

    /// @throws IllegalArgumentException with words for the author of the schedule
    public static CronSchedule parse(String text) {
        var trimmed = text.strip();
        if (trimmed.startsWith("@every ")) return new CronSchedule(Optional.of(interval(trimmed.substring(7).strip())), fields("* * * * *"));
        if (trimmed.startsWith("@") && !MACROS.containsKey(trimmed)) throw new IllegalArgumentException("unrecognized descriptor: " + trimmed);
        return new CronSchedule(Optional.empty(), fields(MACROS.getOrDefault(trimmed, trimmed)));
    }

    private static List<Field> fields(String text) {
        var parts = text.split("\\s+");
        if (parts.length != 5) {
            throw new IllegalArgumentException("expected exactly 5 fields, found " + parts.length + ": [" + text + "]");
        }
        return List.of(field(parts[0], 0, 59, List.of()), field(parts[1], 0, 23, List.of()), field(parts[2], 1, 31, List.of()),
                field(parts[3], 1, 12, MONTHS), field(parts[4], 0, 6, DAYS));
    }

    private static Field field(String text, int min, int max, List<String> names) {
        var values = new BitSet();
        boolean star = false;
        for (var part : text.split(",", -1)) star |= add(values, part, min, max, names);
        return new Field(values, star);
    }

    /// @return whether the part was a star without a step
    private static boolean add(BitSet values, String part, int min, int max, List<String> names) {
        int slash = part.indexOf('/');
        var range = slash < 0 ? part : part.substring(0, slash);
        int step = slash < 0 ? 1 : number(part.substring(slash + 1), part);
        if (step == 0) throw new IllegalArgumentException("step of range should be a positive number: " + part);
        boolean star = range.equals("*") || range.equals("?");
        int dash = range.indexOf('-');
        int from = star ? min : value(dash < 0 ? range : range.substring(0, dash), min, names, part);
        int to = star || dash < 0 && slash >= 0 ? max : dash < 0 ? from : value(range.substring(dash + 1), min, names, part);
        if (from < min) throw new IllegalArgumentException("beginning of range (" + from + ") below minimum (" + min + "): " + part);
        if (to > max) throw new IllegalArgumentException("end of range (" + to + ") above maximum (" + max + "): " + part);
        if (from > to) throw new IllegalArgumentException("beginning of range (" + from + ") beyond end of range (" + to + "): " + part);
        for (int value = from; value <= to; value += step) values.set(value);
        return star && step == 1;
    }

    private static int value(String text, int min, List<String> names, String part) {
        int named = names.indexOf(text.toLowerCase(Locale.ROOT));
        return named >= 0 ? named + min : number(text, part);
    }

    private static int number(String text, String part) {
        if (text.isEmpty() || text.length() > 4 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("failed to parse int from " + text + ": " + part);
        }
        return Integer.parseInt(text);
    }

    /// Go's duration notation, as in `1h30m`.
    private static Duration interval(String text) {
        try {
            var interval = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
            return interval.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : interval.truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        } catch (DateTimeException unreadable) {
            throw new IllegalArgumentException("failed to parse duration @every " + text);
        }
    }

    /// The first time after that instant; empty when there is none, as for a 30th of February.
    public Optional<Instant> next(Instant after, ZoneId zone) {
        if (every.isPresent()) return every.map(interval -> after.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).plus(interval));
        var first = after.atZone(zone).toLocalDate();
        for (int day = 0; day < SEARCH_DAYS_MAX; day++) {
            var date = first.plusDays(day);
            if (!matches(date)) continue;
            var found = times(date, zone).stream().filter(time -> time.isAfter(after)).min(Comparator.naturalOrder());
            if (found.isPresent()) return found;
        }
        return Optional.empty();
    }

    private boolean matches(LocalDate date) {
        if (!months.has(date.getMonthValue())) return false;
        boolean day = days.has(date.getDayOfMonth());
        boolean weekday = weekdays.has(date.getDayOfWeek().getValue() % 7);
        return days.star() || weekdays.star() ? day && weekday : day || weekday;
    }

    private List<Instant> times(LocalDate date, ZoneId zone) {
        return hours.values().stream().boxed()
                .flatMap(hour -> minutes.values().stream().mapToObj(minute -> date.atTime(LocalTime.of(hour, minute))))
                .flatMap(time -> instants(time, zone).stream()).toList();
    }

    private List<Instant> instants(LocalDateTime time, ZoneId zone) {
        var offsets = zone.getRules().getValidOffsets(time);
        return offsets.stream().limit(hours.star() ? 2 : 1).map(time::toInstant).toList();
    }
}
