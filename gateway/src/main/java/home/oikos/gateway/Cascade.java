package home.oikos.gateway;

import java.time.Duration;
import java.time.Instant;

/// Where a chamber has to be so that the vessel in it comes to its target: proportional to how far off the vessel is, and to what a steady difference
/// has taught. Pure.
final class Cascade {
    /// Degrees of the chamber for a degree of the vessel, as BrewPi has it.
    static final double PROPORTIONAL = 5;
    /// Degrees of the chamber for a degree of the vessel that lasts an hour.
    static final double INTEGRAL_PER_HOUR = 1;
    /// A vessel further off is on its way, and its way teaches nothing.
    private static final double LEARNS_WITHIN = 1;
    /// What yeast at its height warms a vessel by.
    private static final double INTEGRAL_MAX = 5;
    /// A gap in time is no time spent off the target.
    private static final Duration STEP_MAX = Duration.ofMinutes(5);

    private Cascade() { }

    static ThermostatState aim(ThermostatSpec spec, ThermostatState state, double vessel, Instant now) {
        double target = spec.target().orElseThrow();
        double off = target - vessel;
        double integral = state.integral();
        double goal = target + PROPORTIONAL * off + integral;
        boolean within = goal > spec.chamberRange().least() && goal < spec.chamberRange().most();
        if (within && Math.abs(off) < LEARNS_WITHIN) integral = learned(integral + INTEGRAL_PER_HOUR * off * hours(state, now));
        double least = spec.chamberRange().least();
        return state.aiming(Math.clamp(goal, least, Math.max(least, spec.chamberRange().most())), integral, now);
    }

    private static double learned(double integral) {
        return Math.clamp(integral, -INTEGRAL_MAX, INTEGRAL_MAX);
    }

    private static double hours(ThermostatState state, Instant now) {
        var step = Duration.between(state.integrated(), now);
        if (step.isNegative() || step.compareTo(STEP_MAX) > 0) return 0;
        return step.toMillis() / 3_600_000.0;
    }
}
