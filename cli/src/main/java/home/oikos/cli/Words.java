package home.oikos.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// Times and amounts as people say them.
final class Words {
    private Words() { }

    static Optional<Instant> instant(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException noTime) {
            return Optional.empty();
        }
    }

    /// `2 s ago`, `4 min ago`, `3 h ago`, `5 d ago`.
    static String ago(Instant then, Instant now) {
        return span(Duration.between(then, now)) + " ago";
    }

    /// `2 s`, `4 min`, `3 h 5 min`, `5 d 2 h`.
    static String span(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 120) return seconds + " s";
        if (seconds < 7_200) return seconds / 60 + " min";
        if (seconds < 172_800) return seconds / 3_600 + " h" + rest(seconds % 3_600 / 60, "min");
        return seconds / 86_400 + " d" + rest(seconds % 86_400 / 3_600, "h");
    }

    private static String rest(long amount, String unit) {
        return amount == 0 ? "" : " " + amount + " " + unit;
    }

    /// `1 device`, `3 devices`.
    static String count(long amount, String thing) {
        return amount + " " + thing + (amount == 1 ? "" : "s");
    }
}
