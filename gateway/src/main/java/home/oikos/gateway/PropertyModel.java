package home.oikos.gateway;

import home.oikos.api.Json;
import home.oikos.api.Quantity;
import home.oikos.driver.Value;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a DeviceModel says of one property: what to believe, what to write, how often to expect it.
record PropertyModel(String name, Type type, String unit, double minimum, double maximum, List<String> values, boolean writable,
        Optional<Value> failsafe, double deadband, Duration statusPeriod, Optional<Duration> expectedPeriod, Duration minimumOff,
        Duration minimumOn, Units.Substance substance, double maximumChangePerMinute) {
    /// The kinds of value, as the API spells them.
    enum Type { Boolean, Number, Enum, Text }

    /// A number moves by rounding on its way through a device: this much is no difference, where the model says nothing else.
    static final double SAME_BY_DEFAULT = 1e-6;

    /// What is expected every minute may come once late or be lost once.
    static final int STALE_PERIODS = 2;
    private static final int STATUS_PERIOD_SECONDS = 60;

    PropertyModel {
        values = List.copyOf(values);
    }

    static PropertyModel read(Json json) {
        double minimum = Quantity.decimal(json.at("minimum"), Double.NEGATIVE_INFINITY);
        double maximum = Quantity.decimal(json.at("maximum"), Double.POSITIVE_INFINITY);
        return new PropertyModel(json.at("name").text(""), type(json.at("type").text("Text")), json.at("unit").text(""), minimum, maximum,
                json.at("values").array().stream().map(value -> value.text("")).toList(), json.at("writable").bool(false),
                Value.of(json.at("failsafe")), Quantity.decimal(json.at("deadband"), onePercent(maximum - minimum)),
                seconds(json.at("statusPeriodSeconds"), STATUS_PERIOD_SECONDS),
                json.at("expectedPeriodSeconds").isPresent() ? Optional.of(seconds(json.at("expectedPeriodSeconds"), 0)) : Optional.empty(),
                seconds(json.at("minimumOffSeconds"), 0), seconds(json.at("minimumOnSeconds"), 0),
                Units.Substance.of(json.at("substance").text("")), Quantity.decimal(json.at("maximumChangePerMinute"), Double.POSITIVE_INFINITY));
    }

    private static Type type(String word) {
        for (var type : Type.values()) if (type.name().equals(word)) return type;
        return Type.Text;
    }

    private static double onePercent(double range) {
        return Double.isFinite(range) ? range / 100 : SAME_BY_DEFAULT;
    }

    private static Duration seconds(Json json, int otherwise) {
        return Duration.ofSeconds(json.integer(otherwise));
    }

    /// Numbers and free text change all the time; each value of the others is an event.
    boolean isDiscrete() {
        return type == Type.Boolean || type == Type.Enum;
    }

    /// The value as this property's type: a device that speaks text says `21.5` and `ON`, one that speaks JSON may say 3 for an Enum.
    Value typed(Value value) {
        return switch (type) {
            case Boolean -> value instanceof Value.Text(var word) ? onOff(word).<Value>map(Value.Bool::new).orElse(value) : value;
            case Number -> value instanceof Value.Text(var word) ? number(word) : value;
            case Enum, Text -> value instanceof Value.Text ? value : new Value.Text(value.toString());
        };
    }

    private static Optional<Boolean> onOff(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "true", "on" -> Optional.of(true);
            case "false", "off" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Value number(String word) {
        try {
            return new Value.Number(Double.parseDouble(word.strip()));
        } catch (NumberFormatException none) {
            return new Value.Text(word);
        }
    }

    /// The value in this property's own unit; empty when there is no way from the other unit to it.
    Optional<Value> inOwnUnit(Value found, String from) {
        if (from.isEmpty() || !(found instanceof Value.Number(var amount))) return Optional.of(found);
        return Units.convert(amount, from, unit, substance).map(Value.Number::new);
    }

    /// Why a value cannot be one of this property; empty when it can.
    Optional<String> refusal(Value value) {
        return switch (type) {
            case Boolean -> value instanceof Value.Bool ? Optional.empty() : wrongType(value);
            case Text -> value instanceof Value.Text ? Optional.empty() : wrongType(value);
            case Number -> value instanceof Value.Number(var amount) ? range(amount) : wrongType(value);
            case Enum -> value instanceof Value.Text(var text) ? oneOf(text) : wrongType(value);
        };
    }

    private Optional<String> wrongType(Value value) {
        return Optional.of("%s is %s; found %s".formatted(name, expected(), Words.shortened(value.toString())));
    }

    private String expected() {
        return switch (type) {
            case Boolean -> "true or false";
            case Number -> "a number";
            case Enum -> "one of " + String.join(", ", values);
            case Text -> "text";
        };
    }

    private Optional<String> range(double amount) {
        if (amount >= minimum && amount <= maximum) return Optional.empty();
        return Optional.of("%s is between %s and %s; found %s".formatted(name, new Value.Number(minimum), new Value.Number(maximum),
                new Value.Number(amount)));
    }

    private Optional<String> oneOf(String text) {
        return values.contains(text) ? Optional.empty() : wrongType(new Value.Text(text));
    }

    /// Whether the device is where it is wanted, for all that can be told.
    boolean same(Value one, Value other) {
        if (one instanceof Value.Number(var a) && other instanceof Value.Number(var b)) return Math.abs(a - b) <= Math.max(deadband, SAME_BY_DEFAULT);
        return one.equals(other);
    }

    /// How old a value may be before nobody should rely on it; empty when the device speaks only when something changes.
    Optional<Duration> staleAfter() {
        return expectedPeriod.map(period -> period.multipliedBy(STALE_PERIODS));
    }
}
