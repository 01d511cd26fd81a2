package home.oikos.brewery;

import java.time.Duration;
import java.time.Instant;

/// The batch's own time: seconds since the yeast went in. In a simulated vessel it passes faster than the clock.
record BatchClock(Instant pitch, int timeScale) {
    double seconds(Instant instant) {
        return Duration.between(pitch, instant).toMillis() / 1_000.0 * timeScale;
    }

    Instant instant(double batchSeconds) {
        return pitch.plusMillis((long) (batchSeconds * 1_000 / timeScale));
    }

    /// How much time of the batch passed between two instants.
    Duration between(Instant from, Instant to) {
        return Duration.between(from, to).multipliedBy(timeScale);
    }

    /// When so much time of the batch will have passed.
    Instant after(Instant from, Duration batchTime) {
        return from.plus(batchTime.dividedBy(timeScale));
    }
}
