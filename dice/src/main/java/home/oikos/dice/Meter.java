package home.oikos.dice;

import java.time.Duration;
import java.time.Instant;

/// Counts what a source says. Belongs to a [Pipeline].
final class Meter {
    private static final Duration SPAN = Duration.ofSeconds(10);

    private final Claim claim;
    private final long[] histogram;
    private long total;
    private Instant from;
    private long fromTotal;
    private double perSecond;

    /// @param samplesPerSecond over the last ten seconds or so
    /// @param histogram how often each value came
    record Reading(long samples, double samplesPerSecond, double entropyBitsPerSecond, long[] histogram) { }

    Meter(Claim claim) {
        this.claim = claim;
        this.histogram = new long[claim.symbols()];
    }

    void count(int sample) {
        total++;
        if (sample >= 0 && sample < histogram.length) histogram[sample]++;
    }

    Reading reading(Instant now) {
        if (from == null || !now.isBefore(from.plus(SPAN))) roll(now);
        return new Reading(total, perSecond, perSecond * claim.minEntropy(), histogram.clone());
    }

    private void roll(Instant now) {
        if (from != null) perSecond = (total - fromTotal) * 1e3 / Math.max(1, Duration.between(from, now).toMillis());
        from = now;
        fromTotal = total;
    }
}
