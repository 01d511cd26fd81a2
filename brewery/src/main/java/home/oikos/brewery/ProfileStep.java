package home.oikos.brewery;

import home.oikos.api.Json;
import java.time.Duration;
import java.util.Optional;

/// One step of a temperature profile.
///
/// @param duration how long it lasts at least
/// @param untilProgress it lasts until so much of what is expected is gone, from 0 to 1
/// @param untilPhase it lasts until the batch is that far
record ProfileStep(String name, Type type, double celsius, Optional<Duration> duration, Optional<Double> untilProgress,
        Optional<Phase> untilPhase) {
    enum Type { Hold, Ramp, FreeRise, ColdCrash }

    static ProfileStep read(Json step) {
        return new ProfileStep(step.at("name").text(""), type(step.at("type").text("")), Recipe.decimal(step, "celsius"),
                step.at("durationSeconds").isPresent() ? Optional.of(Duration.ofSeconds(step.at("durationSeconds").integer(0L)))
                        : Optional.empty(),
                step.at("untilAttenuationPercent").isPresent() ? Optional.of(step.at("untilAttenuationPercent").integer(0L) / 100.0)
                        : Optional.empty(),
                step.at("untilPhase").text().map(Phase::of));
    }

    private static Type type(String word) {
        for (var type : Type.values()) if (type.name().equals(word)) return type;
        throw new IllegalArgumentException("profile: a step is Hold, Ramp, FreeRise or ColdCrash, not \"" + word + "\"");
    }

    /// Whether it says when it ends.
    boolean ends() {
        return duration.isPresent() || untilProgress.isPresent() || untilPhase.isPresent();
    }
}
