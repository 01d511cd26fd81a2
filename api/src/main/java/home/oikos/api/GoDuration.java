package home.oikos.api;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Durations as Go and therefore Kubernetes write them: `1h30m`, `300ms`, `1.5s`.
public final class GoDuration {
    private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");
    private static final Map<String, Long> NANOS = Map.of("ns", 1L, "us", 1_000L, "µs", 1_000L, "μs", 1_000L, "ms", 1_000_000L,
            "s", 1_000_000_000L, "m", 60_000_000_000L, "h", 3_600_000_000_000L);

    private GoDuration() { }

    /// Empty when the text is no duration, or one beyond 292 years.
    public static Optional<Duration> parse(String text) {
        boolean negative = text.startsWith("-");
        var rest = negative || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) return Optional.of(Duration.ZERO);
        var parts = PART.matcher(rest);
        var nanos = BigDecimal.ZERO;
        int at = 0;
        while (at < rest.length() && parts.find(at) && parts.start() == at) {
            nanos = nanos.add(new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(NANOS.get(parts.group(2)))));
            at = parts.end();
        }
        if (at == 0 || at < rest.length() || nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) return Optional.empty();
        return Optional.of(Duration.ofNanos(negative ? -nanos.longValue() : nanos.longValue()));
    }

    /// `1h30m0s`, `300ms`, `0s`: as Go prints it.
    public static String format(Duration duration) {
        if (duration.isZero()) return "0s";
        if (duration.isNegative()) return "-" + format(duration.negated());
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) return small(duration.toNanos());
        var seconds = decimal(duration.toSecondsPart(), duration.toNanosPart(), 9) + "s";
        if (duration.toMinutes() == 0) return seconds;
        if (duration.toHours() == 0) return duration.toMinutes() + "m" + seconds;
        return duration.toHours() + "h" + duration.toMinutesPart() + "m" + seconds;
    }

    private static String small(long nanos) {
        if (nanos < 1_000) return nanos + "ns";
        if (nanos < 1_000_000) return decimal(nanos / 1_000, nanos % 1_000, 3) + "µs";
        return decimal(nanos / 1_000_000, nanos % 1_000_000, 6) + "ms";
    }

    private static String decimal(long whole, long fraction, int digits) {
        return BigDecimal.valueOf(whole).add(BigDecimal.valueOf(fraction, digits)).stripTrailingZeros().toPlainString();
    }
}
