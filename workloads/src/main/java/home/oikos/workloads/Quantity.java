package home.oikos.workloads;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/// A Kubernetes quantity: a decimal number with a binary or decimal suffix, or an exponent.
final class Quantity {
    private static final Map<String, BigDecimal> SUFFIXES = Map.ofEntries(
            Map.entry("", BigDecimal.ONE), Map.entry("n", BigDecimal.ONE.movePointLeft(9)), Map.entry("u", BigDecimal.ONE.movePointLeft(6)),
            Map.entry("m", BigDecimal.ONE.movePointLeft(3)), Map.entry("k", BigDecimal.TEN.pow(3)), Map.entry("M", BigDecimal.TEN.pow(6)),
            Map.entry("G", BigDecimal.TEN.pow(9)), Map.entry("T", BigDecimal.TEN.pow(12)), Map.entry("P", BigDecimal.TEN.pow(15)),
            Map.entry("E", BigDecimal.TEN.pow(18)), Map.entry("Ki", BigDecimal.TWO.pow(10)), Map.entry("Mi", BigDecimal.TWO.pow(20)),
            Map.entry("Gi", BigDecimal.TWO.pow(30)), Map.entry("Ti", BigDecimal.TWO.pow(40)), Map.entry("Pi", BigDecimal.TWO.pow(50)),
            Map.entry("Ei", BigDecimal.TWO.pow(60)));

    private Quantity() { }

    /// In thousandths, rounded up; 0 for what is no quantity, which the API lets nobody store.
    static long milli(String text) {
        try {
            return value(text).movePointRight(3).setScale(0, RoundingMode.CEILING).longValue();
        } catch (NumberFormatException unreadable) {
            return 0;
        }
    }

    private static BigDecimal value(String text) {
        int end = text.length();
        while (end > 0 && Character.isLetter(text.charAt(end - 1))) end--;
        var suffix = SUFFIXES.get(text.substring(end));
        // 12e6 and 12E6 are numbers with an exponent; BigDecimal reads them.
        return suffix == null || end == 0 ? new BigDecimal(text) : new BigDecimal(text.substring(0, end)).multiply(suffix);
    }
}
