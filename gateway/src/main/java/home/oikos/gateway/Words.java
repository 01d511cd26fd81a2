package home.oikos.gateway;

import home.oikos.driver.Value;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/// How values and times read to a person.
final class Words {
    /// What a device sends may be megabytes; what is told of it fits a line.
    static final int TOLD_CHARACTERS_MAX = 80;
    private static final int DECIMALS_MAX = 6;

    private Words() { }

    static String shortened(String text) {
        var clean = text.codePoints().limit(TOLD_CHARACTERS_MAX + 1)
                .map(point -> Character.isISOControl(point) ? '\uFFFD' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        return clean.length() > TOLD_CHARACTERS_MAX ? clean.substring(0, TOLD_CHARACTERS_MAX) + "…" : clean;
    }

    /// What people say for a Boolean that is false. A made word that is not here gets a `not`.
    private static final Map<String, String> OPPOSITES = Map.of("on", "off", "open", "shut", "wet", "dry", "locked", "unlocked", "running", "idle",
            "compressor", "compressor off", "occupied", "empty", "contact", "no contact");

    /// `on`, `4.2 °C`, `Washing`.
    static String value(PropertyModel property, Value value) {
        return switch (value) {
            case Value.Bool(var on) -> on ? property.name() : OPPOSITES.getOrDefault(property.name(), "not " + property.name());
            case Value.Number(var amount) -> number(amount, property.deadband()) + (property.unit().isEmpty() ? "" : " " + property.unit());
            case Value.Text(var text) -> shortened(text);
        };
    }

    /// As many decimals as mean something: a percent whole, 4.2 °C, 1.0482 SG.
    private static String number(double amount, double deadband) {
        int decimals = deadband > 0 ? Math.clamp((long) Math.ceil(-Math.log10(deadband)), 0, DECIMALS_MAX) : DECIMALS_MAX;
        var text = String.format(Locale.ROOT, "%." + decimals + "f", amount);
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
