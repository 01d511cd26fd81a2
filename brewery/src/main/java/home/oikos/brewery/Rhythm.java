package home.oikos.brewery;

import java.time.Duration;

/// How often a batch is looked at and its figures are written. Pure.
final class Rhythm {
    /// On the batch's time; a hydrometer speaks twice in it.
    private static final Duration LOOK = Duration.ofMinutes(30);
    private static final Duration LOOK_MIN = Duration.ofSeconds(2);
    private static final Duration LOOK_MAX = Duration.ofMinutes(5);
    private static final Duration FIGURES_MIN = Duration.ofMinutes(5);
    private static final Duration FIGURES_MAX = Duration.ofHours(1);
    private static final Duration FIGURES_SIMULATED = Duration.ofSeconds(10);

    private Rhythm() { }

    static Duration look(BatchClock clock, Phase phase) {
        var look = LOOK.dividedBy(clock.timeScale());
        if (phase == Phase.Done || look.compareTo(LOOK_MAX) > 0) return LOOK_MAX;
        return look.compareTo(LOOK_MIN) < 0 ? LOOK_MIN : look;
    }

    /// Whether figures are worth a write: while it lives when a person would read another number, otherwise only so that their age stays
    /// true; beer that is made disturbs the disk no more.
    ///
    /// @param reads whether a person would read another number
    /// @param told since they were last written
    static boolean isWorthAWrite(BatchClock clock, Phase phase, boolean reads, Duration told) {
        if (phase == Phase.Done) return reads && told.compareTo(FIGURES_MAX) >= 0;
        var least = clock.timeScale() > 1 ? FIGURES_SIMULATED : FIGURES_MIN;
        return told.compareTo(reads ? least : FIGURES_MAX) >= 0;
    }
}
