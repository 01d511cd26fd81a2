package home.oikos.brewery;

import home.oikos.api.Json;
import java.time.Duration;

/// When a batch counts as stalled; field notes and docs/brewery.md say where the numbers come from.
///
/// @param window over how long a slope is taken
/// @param hold how long it must have been flat
/// @param minimumDrop in points: before gravity fell so far it is lag, not stall
/// @param minimumSamples the share of the expected readings that must be there
record StallRule(Duration window, Duration hold, double minimumDrop, double minimumSamples) {
    /// A line through less is noise.
    private static final Duration SHORTEST = Duration.ofHours(6);
    static final StallRule DEFAULT = new StallRule(Duration.ofHours(12), Duration.ofHours(24), 5, 0.8);

    StallRule {
        if (window.compareTo(SHORTEST) < 0
                || hold.compareTo(SHORTEST) < 0) throw new IllegalArgumentException("stall: a window lasts at least 6 hours");
    }

    static StallRule read(Json stall) {
        return new StallRule(Duration.ofSeconds(stall.at("windowSeconds").integer(DEFAULT.window.toSeconds())),
                Duration.ofSeconds(stall.at("holdSeconds").integer(DEFAULT.hold.toSeconds())),
                stall.at("minimumDropPoints").integer((long) DEFAULT.minimumDrop),
                stall.at("minimumSamplesPercent").integer(Math.round(DEFAULT.minimumSamples * 100)) / 100.0);
    }

    int windowSlots() {
        return (int) (window.toSeconds() / Slots.SLOT_SECONDS);
    }

    int holdSlots() {
        return (int) (hold.toSeconds() / Slots.SLOT_SECONDS);
    }
}
