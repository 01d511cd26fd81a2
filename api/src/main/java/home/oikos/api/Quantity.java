package home.oikos.api;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// An amount as Kubernetes writes it: `500m`, `1.5Gi`, `2`, `1e3`. Exact to a billionth; smaller parts are rounded away from zero.
public record Quantity(BigDecimal amount, Format format) implements Comparable<Quantity> {
    public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Format.DECIMAL);
    /// What Kubernetes says of any text that is none.
    public static final String SYNTAX = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private static final Pattern TEXT = Pattern.compile("([+-]?(?:\\d+\\.?\\d*|\\.\\d+))(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\\d{1,3})?");
    private static final Map<String, Integer> DECIMAL = Map.of("n", -9, "u", -6, "m", -3, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E",
            18);
    private static final String DECIMAL_SUFFIXES = "num kMGTPE";
    private static final String BINARY_SUFFIXES = "KMGTPE";
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
    private static final int SCALE_MAX = 9;

    /// The way it was written, which is also how it is written back.
    public enum Format { DECIMAL, BINARY, EXPONENT }

    public static Quantity of(long amount) {
        return new Quantity(BigDecimal.valueOf(amount), Format.DECIMAL);
    }

    public static Optional<Quantity> parse(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) return Optional.empty();
        var number = new BigDecimal(parts.group(1));
        var suffix = parts.group(2) == null ? "" : parts.group(2);
        if (suffix.endsWith("i")) {
            return Optional.of(rounded(number.multiply(KIBI.pow(BINARY_SUFFIXES.indexOf(suffix.charAt(0)) + 1)), Format.BINARY));
        }
        if (suffix.length() > 1) {
            return Optional.of(rounded(number.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1))), Format.EXPONENT));
        }
        return Optional.of(rounded(number.scaleByPowerOfTen(DECIMAL.getOrDefault(suffix, 0)), Format.DECIMAL));
    }

    /// The amount a tree holds, text or number.
    public static Optional<Quantity> of(Json json) {
        return switch (json) {
            case JsonString(var text) -> parse(text.strip());
            case JsonInteger(var number) -> Optional.of(of(number));
            case JsonDecimal decimal -> parse(decimal.toString().replace('E', 'e'));
            default -> Optional.empty();
        };
    }

    private static Quantity rounded(BigDecimal amount, Format format) {
        return new Quantity(amount.scale() > SCALE_MAX ? amount.setScale(SCALE_MAX, RoundingMode.UP) : amount, format);
    }

    public Quantity plus(Quantity other) {
        return new Quantity(amount.add(other.amount), amount.signum() == 0 ? other.format : format);
    }

    public Quantity minus(Quantity other) {
        return new Quantity(amount.subtract(other.amount), amount.signum() == 0 ? other.format : format);
    }

    @Override
    public int compareTo(Quantity other) {
        return amount.compareTo(other.amount);
    }

    /// Equal amounts are equal however they are written.
    @Override
    public boolean equals(Object other) {
        return other instanceof Quantity quantity && compareTo(quantity) == 0;
    }

    @Override
    public int hashCode() {
        return amount.stripTrailingZeros().hashCode();
    }

    /// The amount as a floating-point number, or another when the tree holds none.
    public static double decimal(Json json, double otherwise) {
        return of(json).map(quantity -> quantity.amount().doubleValue()).orElse(otherwise);
    }

    /// The smallest whole number that is not less, as the scheduler counts.
    public long roundedUp() {
        return amount.setScale(0, RoundingMode.CEILING).longValue();
    }

    /// The amount in thousandths, rounded up: CPU in milli-cores.
    public long milli() {
        return amount.movePointRight(3).setScale(0, RoundingMode.UP).longValue();
    }

    /// The canonical text: no fraction, the largest suffix that allows that.
    @Override
    public String toString() {
        if (amount.signum() == 0) return "0";
        boolean whole = amount.stripTrailingZeros().scale() <= 0;
        if (format == Format.BINARY && whole && amount.abs().compareTo(KIBI) >= 0) return binary(amount.toBigIntegerExact());
        return decimal();
    }

    private static String binary(BigInteger amount) {
        int power = 0;
        while (power < BINARY_SUFFIXES.length() && amount.getLowestSetBit() >= 10) {
            amount = amount.shiftRight(10);
            power++;
        }
        return power == 0 ? amount.toString() : amount.toString() + BINARY_SUFFIXES.charAt(power - 1) + "i";
    }

    private String decimal() {
        var stripped = amount.stripTrailingZeros();
        int exponent = Math.floorDiv(-stripped.scale(), 3) * 3;
        if (format != Format.EXPONENT) exponent = Math.min(exponent, 18);
        var mantissa = stripped.scaleByPowerOfTen(-exponent).toBigIntegerExact();
        if (exponent == 0) return mantissa.toString();
        return mantissa + (format == Format.EXPONENT ? "e" + exponent : DECIMAL_SUFFIXES.substring(exponent / 3 + 3, exponent / 3 + 4));
    }
}
