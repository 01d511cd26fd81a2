package home.oikos.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How far a temperature goes on after heating or cooling has ended, and how that is learned: at the end the turning point is foretold, later the true one
/// is compared (as BrewPi does it). Pure.
final class Overshoot {
    /// Longer heating or cooling does not carry further: the heat is in the vessel by then.
    static final Duration COUNTED_MAX = Duration.ofMinutes(20);
    /// Shorter ones say nothing of the slope.
    private static final Duration COUNTED_MIN = Duration.ofMinutes(1);
    /// Degrees by which a reading has to turn back before it counts as turned: more than a thermometer's step, 0.0625 °C.
    private static final double TURNED = 0.1;
    /// Half of each error is believed, so that one odd peak does not upset what was learned.
    private static final double TRUST = 0.5;
    /// Degrees an hour that no vessel in a home exceeds.
    private static final double OVERSHOOT_MAX = 30;

    private Overshoot() { }

    /// Where the temperature will turn if the output ends now.
    static double expected(ThermostatState state, Side side, double measured, Duration acted) {
        return measured + side.sign * state.overshoot(side) * hours(counted(acted));
    }

    static Duration counted(Duration acted) {
        return acted.compareTo(COUNTED_MAX) < 0 ? acted : COUNTED_MAX;
    }

    private static double hours(Duration duration) {
        return duration.toMillis() / 3_600_000.0;
    }

    /// Looks for the turning point that is awaited and learns from it; while it heats or cools again there is none.
    static ThermostatState watch(ThermostatSpec spec, ThermostatState state, double measured, Instant now) {
        var peak = state.peak().orElse(null);
        if (peak == null) return state;
        var side = peak.side();
        boolean further = side.isBeyond(measured, peak.extreme());
        boolean turned = side.isBeyond(peak.extreme(), measured + side.sign * TURNED);
        boolean over = !now.isBefore(peak.since().plus(spec.waits(side).peak()));
        if (turned || over) return learned(state, peak, further ? measured : peak.extreme());
        if (!further) return state;
        return state.awaiting(Optional.of(new ThermostatState.Peak(side, peak.expected(), measured, peak.since(), peak.acted())));
    }

    private static ThermostatState learned(ThermostatState state, ThermostatState.Peak peak, double extreme) {
        if (peak.acted().compareTo(COUNTED_MIN) < 0) return state.awaiting(Optional.empty());
        double error = peak.side().sign * (extreme - peak.expected());
        double better = state.overshoot(peak.side()) + TRUST * error / hours(peak.acted());
        return state.learned(peak.side(), Math.clamp(better, 0, OVERSHOOT_MAX));
    }
}
