package home.oikos.gateway;

import home.oikos.driver.Value;
import java.time.Duration;
import java.util.Locale;

/// How values and times read to a person.
final class Words {
    /// What a device sends may be megabytes; what is told of it fits a line.
    static final int TOLD_CHARACTERS_MAX = 80;

    private Words() { }

    static String shortened(String text) {
        var clean = text.codePoints().limit(TOLD_CHARACTERS_MAX + 1)
                .map(point -> Character.isISOControl(point) ? '\uFFFD' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        return clean.length() > TOLD_CHARACTERS_MAX ? clean.substring(0, TOLD_CHARACTERS_MAX) + "…" : clean;
    }

    /// `on`, `4.2 °C`, `Washing`.
    static String value(PropertyModel property, Value value) {
        return switch (value) {
            case Value.Bool(var on) -> on ? property.name() : "not " + property.name();
            case Value.Number(var amount) -> number(amount) + (property.unit().isEmpty() ? "" : " " + property.unit());
            case Value.Text(var text) -> shortened(text);
        };
    }

    private static String number(double amount) {
        double size = Math.abs(amount);
        var text = String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 2 ? "%.1f" : "%.3f", amount);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }

    /// `12 s`, `4 min`, `3 h`.
    static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 120) return seconds + " s";
        if (seconds < 7_200) return seconds / 60 + " min";
        return seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " d";
    }
}
