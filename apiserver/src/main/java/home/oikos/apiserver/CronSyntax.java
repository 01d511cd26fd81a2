package home.oikos.apiserver;

import java.util.List;
import java.util.Set;

/// Whether a text is a cron schedule: five fields, or a descriptor such as `@daily` or `@every 90s`. Says what is wrong in the words of the
/// library upstream uses.
final class CronSyntax {
    private static final Set<String> DESCRIPTORS = Set.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");
    private static final List<String> MONTHS = List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final List<Bounds> FIELDS = List.of(new Bounds(0, 59, List.of()), new Bounds(0, 23, List.of()),
            new Bounds(1, 31, List.of()), new Bounds(1, 12, MONTHS), new Bounds(0, 6, DAYS));

    /// What one field may hold.
    /// @param names of its values, from the least on
    private record Bounds(int least, int most, List<String> names) {
        int number(String text) {
            int named = names.indexOf(text.toLowerCase(java.util.Locale.ROOT));
            return named >= 0 ? least + named : Integer.parseInt(text);
        }
    }

    private CronSyntax() { }

    /// What is wrong with a schedule, or null.
    static String error(String schedule) {
        if (schedule.startsWith("@every ")) return null;
        if (schedule.startsWith("@")) return DESCRIPTORS.contains(schedule) ? null : "unrecognized descriptor: " + schedule;
        var fields = schedule.strip().split("\\s+");
        if (fields.length != FIELDS.size()) {
            return "expected exactly 5 fields, found " + fields.length + ": [" + String.join(" ", fields) + "]";
        }
        for (int i = 0; i < fields.length; i++) {
            for (var part : fields[i].split(",")) {
                var wrong = partError(part, FIELDS.get(i));
                if (wrong != null) return wrong;
            }
        }
        return null;
    }

    private static String partError(String part, Bounds bounds) {
        var rangeAndStep = part.split("/", -1);
        if (rangeAndStep.length > 2) return "too many slashes: " + part;
        var ends = rangeAndStep[0].split("-", -1);
        if (ends.length > 2) return "too many hyphens: " + part;
        try {
            if (rangeAndStep.length == 2 && Integer.parseInt(rangeAndStep[1]) == 0)
                return "step of range should be a positive number: " + part;
            return ends[0].equals("*") || ends[0].equals("?") ? null : rangeError(part, bounds, bounds.number(ends[0]),
                    bounds.number(ends[ends.length - 1]));
        } catch (NumberFormatException _) {
            return "failed to parse int from " + part;
        }
    }

    private static String rangeError(String part, Bounds bounds, int first, int last) {
        if (first < bounds.least) return "beginning of range (" + first + ") below minimum (" + bounds.least + "): " + part;
        if (last > bounds.most) return "end of range (" + last + ") above maximum (" + bounds.most + "): " + part;
        return first > last ? "beginning of range (" + first + ") beyond end of range (" + last + "): " + part : null;
    }
}
