package home.oikos.api;

import java.time.Duration;
import java.time.Instant;

/// How long ago, as kubectl shows it: two parts at most, coarser the longer it is.
public final class Ages {
    private Ages() { }

    /// `<unknown>` when the text is no time.
    public static String since(Json time, Instant now) {
        return Timestamps.parse(time.text("")).map(from -> human(Duration.between(from, now))).orElse("<unknown>");
    }

    /// `5s`, `4m10s`, `3h`, `2d5h`, `1y30d`.
    public static String human(Duration duration) {
        long seconds = duration.getSeconds();
        if (seconds < -1) return "<invalid>";
        if (seconds < 120) return Math.max(0, seconds) + "s";
        long minutes = seconds / 60;
        if (minutes < 10) return two(minutes, "m", seconds % 60, "s");
        if (minutes < 180) return minutes + "m";
        long hours = minutes / 60;
        if (hours < 8) return two(hours, "h", minutes % 60, "m");
        if (hours < 48) return hours + "h";
        long days = hours / 24;
        if (days < 8) return two(days, "d", hours % 24, "h");
        if (days < 730) return days + "d";
        if (days < 2920) return two(days / 365, "y", days % 365, "d");
        return days / 365 + "y";
    }

    private static String two(long first, String unit, long second, String smallerUnit) {
        return second == 0 ? first + unit : first + unit + second + smallerUnit;
    }
}
