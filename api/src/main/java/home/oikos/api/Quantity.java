package home.oikos.api;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A Kubernetes quantity: a decimal number with an optional suffix, `1500m`, `2Gi`, `0.5`, `1e3`. Equal when the amounts are.
public record Quantity(BigDecimal amount) implements Comparable<Quantity> {
    private static final Pattern SYNTAX = Pattern.compile("([+-]?(?:\\d+\\.?\\d*|\\.\\d+))([eE][+-]?\\d{1,3}|[numkMGTPE]|[KMGTPE]i)?");
    private static final Map<String, BigDecimal> SUFFIXES = Map.ofEntries(decimal("n", -9), decimal("u", -6), decimal("m", -3), decimal("k", 3),
            decimal("M", 6), decimal("G", 9), decimal("T", 12), decimal("P", 15), decimal("E", 18),
            binary("Ki", 10), binary("Mi", 20), binary("Gi", 30), binary("Ti", 40), binary("Pi", 50), binary("Ei", 60));

    public Quantity {
        amount = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
    }

    private static Map.Entry<String, BigDecimal> decimal(String suffix, int exponent) {
        return Map.entry(suffix, BigDecimal.ONE.scaleByPowerOfTen(exponent));
    }

    private static Map.Entry<String, BigDecimal> binary(String suffix, int bits) {
        return Map.entry(suffix, new BigDecimal(1L << bits));
    }

    /// Reads a quantity; empty when the text is none.
    public static Optional<Quantity> parse(String text) {
        var matched = SYNTAX.matcher(text);
        if (!matched.matches()) return Optional.empty();
        var suffix = matched.group(2);
        var number = new BigDecimal(matched.group(1));
        if (suffix == null) return Optional.of(new Quantity(number));
        var factor = SUFFIXES.get(suffix);
        return Optional.of(new Quantity(factor != null ? number.multiply(factor) : new BigDecimal(matched.group(1) + suffix)));
    }

    /// Reads an int-or-string field.
    public static Optional<Quantity> of(Json json) {
        return switch (json) {
            case JsonInteger(var number) -> Optional.of(new Quantity(BigDecimal.valueOf(number)));
            case JsonDecimal(var number) -> Optional.of(new Quantity(BigDecimal.valueOf(number)));
            case JsonString(var text) -> parse(text);
            default -> Optional.empty();
        };
    }

    /// The amount of an int-or-string field as a double.
    public static double decimal(Json json, double otherwise) {
        return of(json).map(quantity -> quantity.amount().doubleValue()).orElse(otherwise);
    }

    /// The smallest whole number that is not less, as the scheduler counts.
    public long roundedUp() {
        return amount.setScale(0, RoundingMode.CEILING).longValue();
    }

    @Override
    public int compareTo(Quantity other) {
        return amount.compareTo(other.amount);
    }
}
