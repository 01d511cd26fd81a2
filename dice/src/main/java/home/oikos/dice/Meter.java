package home.oikos.dice;

import java.time.Duration;
import java.time.Instant;

/// Counts what a source says. Belongs to a [Pipeline].
final class Meter {
    private static final Duration SPAN = Duration.ofSeconds(5);

    private final Claim claim;
    private final long[] histogram;
    private long total;
    /// The rate is measured from the last mark but one: over five to ten seconds.
    private Mark earlier;
    private Mark mark;

    private record Mark(Instant at, long total) { }

    /// @param samplesPerSecond that were tested, over the last seconds
    /// @param histogram how often each value came
    record Reading(long samples, double samplesPerSecond, double entropyBitsPerSecond, long[] histogram) { }

    Meter(Claim claim, Instant now) {
        this.claim = claim;
        this.histogram = new long[claim.symbols()];
        this.mark = new Mark(now, 0);
        this.earlier = mark;
    }

    void count(int sample) {
        total++;
        if (sample >= 0 && sample < histogram.length) histogram[sample]++;
    }

    void tick(Instant now) {
        if (now.isBefore(mark.at().plus(SPAN))) return;
        earlier = mark;
        mark = new Mark(now, total);
    }

    Reading reading(Instant now) {
        tick(now);
        double perSecond = (total - earlier.total()) * 1e3 / Math.max(1, Duration.between(earlier.at(), now).toMillis());
        return new Reading(total, perSecond, perSecond * claim.minEntropy(), histogram.clone());
    }
}
