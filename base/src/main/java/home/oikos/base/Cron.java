package home.oikos.base;

import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A cron expression of five fields: minute, hour, day of month, month, day of week, with lists, ranges, steps, names and the `@daily` words.
/// When both days are restricted either one is enough, as cron has always done. A local time that daylight saving skips fires at the end of the gap;
/// one that comes twice fires the first time. Immutable.
public final class Cron {
    /// A schedule that fires at all fires within this: 29 February is the rarest day, and skips 8 years around 2100.
    private static final int SEARCH_YEARS_MAX = 9;
    private static final List<String> MONTHS = List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final Map<String, String> WORDS = Map.of("@yearly", "0 0 1 1 *", "@annually", "0 0 1 1 *", "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0", "@daily", "0 0 * * *", "@midnight", "0 0 * * *", "@hourly", "0 * * * *");

    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet daysOfMonth;
    private final BitSet months;
    private final BitSet daysOfWeek;
    private final boolean anyDayOfMonth;
    private final boolean anyDayOfWeek;

    private Cron(String[] fields) {
        minutes = field(fields[0], 0, 59, List.of());
        hours = field(fields[1], 0, 23, List.of());
        daysOfMonth = field(fields[2], 1, 31, List.of());
        months = field(fields[3], 1, 12, MONTHS);
        daysOfWeek = field(fields[4], 0, 7, DAYS);
        if (daysOfWeek.get(7)) daysOfWeek.set(0);
        anyDayOfMonth = isAny(fields[2]);
        anyDayOfWeek = isAny(fields[4]);
    }

    /// @throws IllegalArgumentException when it is no cron expression, with the reason in words
    public static Cron parse(String expression) {
        var fields = WORDS.getOrDefault(expression.strip(), expression).strip().split("\\s+");
        if (fields.length != 5) throw new IllegalArgumentException("expected five fields (minute hour day month weekday), found \"%s\"".formatted(expression));
        return new Cron(fields);
    }

    private static boolean isAny(String field) {
        return field.startsWith("*") || field.equals("?");
    }

    private static BitSet field(String text, int least, int most, List<String> names) {
        var bits = new BitSet(most + 1);
        for (var part : text.split(",", -1)) part(part, least, most, names, bits);
        return bits;
    }

    private static void part(String part, int least, int most, List<String> names, BitSet bits) {
        var stepped = part.split("/", 2);
        int step = stepped.length == 2 ? number(stepped[1], 1, most, List.of(), part) : 1;
        int from = least;
        int to = most;
        if (!stepped[0].equals("*") && !stepped[0].equals("?")) {
            var range = stepped[0].split("-", 2);
            from = number(range[0], least, most, names, part);
            to = range.length == 2 ? number(range[1], least, most, names, part) : stepped.length == 2 ? most : from;
        } else if (most == 7) {
            to = 6;
        }
        if (from > to) throw new IllegalArgumentException("the range " + part + " runs backwards");
        for (int value = from; value <= to; value += step) bits.set(value);
    }

    private static int number(String text, int least, int most, List<String> names, String part) {
        int named = names.indexOf(text.toLowerCase(Locale.ROOT));
        if (named >= 0) return named + (least == 1 ? 1 : 0);
        if (!text.matches("\\d{1,2}")) throw new IllegalArgumentException("expected a number, found \"" + part + "\"");
        int number = Integer.parseInt(text);
        if (number < least || number > most) throw new IllegalArgumentException("%d is not between %d and %d".formatted(number, least, most));
        return number;
    }

    /// The first time after that instant; empty when there is none within nine years.
    public Optional<ZonedDateTime> next(ZonedDateTime after) {
        var limit = after.plusYears(SEARCH_YEARS_MAX);
        var time = after.toLocalDateTime().truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        while (time.isBefore(limit.toLocalDateTime())) {
            if (!isDay(time)) {
                time = time.toLocalDate().plusDays(1).atStartOfDay();
            } else if (!hours.get(time.getHour())) {
                time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!minutes.get(time.getMinute())) {
                time = time.plusMinutes(1);
            } else {
                var found = time.atZone(after.getZone());
                if (found.isAfter(after)) return Optional.of(found);
                time = time.plusMinutes(1);
            }
        }
        return Optional.empty();
    }

    /// The last time at or before that instant; empty when there is none within nine years.
    public Optional<ZonedDateTime> previous(ZonedDateTime before) {
        var limit = before.minusYears(SEARCH_YEARS_MAX).toLocalDateTime();
        var time = before.toLocalDateTime().truncatedTo(ChronoUnit.MINUTES);
        while (time.isAfter(limit)) {
            if (!isDay(time)) {
                time = time.toLocalDate().atStartOfDay().minusMinutes(1);
            } else if (!hours.get(time.getHour())) {
                time = time.truncatedTo(ChronoUnit.HOURS).minusMinutes(1);
            } else if (!minutes.get(time.getMinute())) {
                time = time.minusMinutes(1);
            } else {
                var found = time.atZone(before.getZone());
                if (!found.isAfter(before)) return Optional.of(found);
                time = time.minusMinutes(1);
            }
        }
        return Optional.empty();
    }

    private boolean isDay(LocalDateTime time) {
        if (!months.get(time.getMonthValue())) return false;
        boolean ofMonth = daysOfMonth.get(time.getDayOfMonth());
        boolean ofWeek = daysOfWeek.get(time.getDayOfWeek().getValue() % 7);
        return anyDayOfMonth || anyDayOfWeek ? ofMonth && ofWeek : ofMonth || ofWeek;
    }
}
