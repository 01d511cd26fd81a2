package home.oikos.brewery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The temperatures of a batch, step after step. Pure: where it is stands in status.
record Profile(List<ProfileStep> steps, double coldest, double warmest) {
    /// How cold water may be asked for.
    static final double CRASH_MIN = -2;
    /// A crash that says no duration is over after so long: yeast has settled.
    private static final Duration CRASH = Duration.ofHours(48);

    /// @throws IllegalArgumentException when a step would leave the yeast's limits
    Profile {
        steps = List.copyOf(steps);
        for (var step : steps) {
            double least = step.type() == ProfileStep.Type.ColdCrash ? CRASH_MIN : coldest;
            if (!(step.celsius() >= least && step.celsius() <= warmest)) {
                throw new IllegalArgumentException("profile: step %s asks for %s °C, outside %s to %s °C".formatted(step.name(),
                        Units.one(step.celsius()),
                        Units.one(least), Units.one(warmest)));
            }
        }
        if (steps.stream().map(ProfileStep::name).distinct()
                .count() != steps.size()) throw new IllegalArgumentException("profile: two steps have one name");
    }

    /// Where a batch is in its profile.
    ///
    /// @param inStep how long it has been in that step, on the batch's time
    /// @param from the temperature that step began at
    record Place(int index, Duration inStep, double from) { }

    ProfileStep at(int index) {
        return steps.get(Math.clamp(index, 0, steps.size() - 1));
    }

    /// Why the step goes on; empty when it is over and the next one may begin.
    Optional<String> waitsFor(Place place, Phase phase, double progress) {
        var step = at(place.index());
        if (place.index() >= steps.size() - 1) return Optional.of("");
        if (step.duration().filter(duration -> place.inStep().compareTo(duration) < 0).isPresent()) {
            return Optional.of("it lasts another " + Verdict.span(step.duration().get().minus(place.inStep())));
        }
        if (step.untilProgress().filter(until -> progress < until).isPresent()) {
            return Optional.of("until %.0f %% of what is expected is gone".formatted(step.untilProgress().get() * 100));
        }
        if (step.untilPhase().filter(until -> !reached(phase, until)).isPresent()) return Optional.of("until it is "
                + step.untilPhase().get());
        return before(at(place.index() + 1), phase, step);
    }

    private static Optional<String> before(ProfileStep next, Phase phase, ProfileStep step) {
        if (next.type() == ProfileStep.Type.ColdCrash
                && !phase.isMade()) return Optional.of("a cold crash begins only when it is Conditioning");
        return step.ends() || next.type() == ProfileStep.Type.ColdCrash ? Optional.empty() : Optional.of("the step says no end");
    }

    private static boolean reached(Phase phase, Phase until) {
        return phase == until || phase == Phase.Done;
    }

    /// Whether the last step has lasted as long as it should.
    boolean isOver(Place place) {
        if (steps.isEmpty()) return true;
        if (place.index() < steps.size() - 1) return false;
        var last = steps.getLast();
        var needed = last.duration().orElse(last.type() == ProfileStep.Type.ColdCrash ? CRASH : Duration.ZERO);
        return place.inStep().compareTo(needed) >= 0;
    }

    /// What to ask for.
    ///
    /// @param before what was asked for last
    /// @param measured how warm the beer is
    /// @param warmed how much warmer a stall asks for
    double target(Place place, double before, Optional<Double> measured, double warmed) {
        var step = at(place.index());
        return switch (step.type()) {
            case Hold -> warm(step.celsius(), warmed);
            case Ramp -> warm(ramp(step, place), warmed);
            // Neither heated nor cooled until it is there: what is asked for follows the beer, and only upwards.
            case FreeRise -> warm(Math.clamp(measured.orElse(before), Math.min(before, step.celsius()), step.celsius()), warmed);
            case ColdCrash -> step.celsius();
        };
    }

    private static double ramp(ProfileStep step, Place place) {
        double share = step.duration().filter(duration -> !duration.isZero())
                .map(duration -> Math.min(1, place.inStep().toSeconds() / (double) duration.toSeconds()))
                .orElse(1.0);
        return place.from() + (step.celsius() - place.from()) * share;
    }

    private double warm(double celsius, double by) {
        return Math.min(warmest, Math.max(coldest, celsius) + by);
    }
}
