package home.oikos.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What a thermostat does, since when, why, and what it has learned. It stands in status, so that a restart goes on with it.
///
/// @param until when what it waits for is over
/// @param heatOvershoot degrees that an hour of heating still adds after its end
/// @param coolOvershoot degrees that an hour of cooling still takes after its end
/// @param integral what mode Cascade has learned of the steady difference between chamber and vessel
/// @param integrated up to when the integral counts; not kept over a restart
/// @param goal where the chamber is held by mode Cascade, the target otherwise
/// @param peak the turning point that is awaited, to learn from
record ThermostatState(Phase phase, String message, Instant since, Optional<Instant> until, double heatOvershoot, double coolOvershoot, double integral,
        Instant integrated, Optional<Double> goal, Optional<Peak> peak) {
    /// What it does, as the API spells it. Only Heating and Cooling switch something on.
    enum Phase {
        /// Nobody wants it to do anything.
        Off,
        /// The temperature is as wanted, or nothing it has can help.
        Idle, Heating, Cooling, WaitingToHeat, WaitingToCool,
        /// A person has set the heater or the cooler.
        HeldByHand,
        /// What it goes by cannot be relied on.
        SensorLost,
        /// It should act and its output cannot be used.
        Unable
    }

    /// The turning point after heating or cooling.
    ///
    /// @param expected where the estimate says it will be
    /// @param extreme the furthest seen so far
    /// @param since when heating or cooling ended
    /// @param acted how long it heated or cooled, as far as the estimate counts it
    record Peak(Side side, double expected, double extreme, Instant since, Duration acted) { }

    static ThermostatState initial(Instant now) {
        return new ThermostatState(Phase.Off, "", now, Optional.empty(), 0, 0, 0, now, Optional.empty(), Optional.empty());
    }

    boolean is(Side side) {
        return phase == (side == Side.HEAT ? Phase.Heating : Phase.Cooling);
    }

    /// What it does now; when that is something else, it begins now.
    ThermostatState enter(Phase next, String why, Instant now) {
        return new ThermostatState(next, why, next == phase ? since : now, Optional.empty(), heatOvershoot, coolOvershoot, integral, integrated, goal, peak);
    }

    ThermostatState waiting(Side side, Instant end, String why, Instant now) {
        var entered = enter(side == Side.HEAT ? Phase.WaitingToHeat : Phase.WaitingToCool, why, now);
        return new ThermostatState(entered.phase, why, entered.since, Optional.of(end), heatOvershoot, coolOvershoot, integral, integrated, goal, peak);
    }

    /// As people see it: what is held on its way waits.
    ThermostatState shown(String held) {
        if (held.isEmpty()) return this;
        var waits = phase == Phase.Heating ? Phase.WaitingToHeat : phase == Phase.Cooling ? Phase.WaitingToCool : phase;
        return enter(waits, message + " " + held, since);
    }

    double overshoot(Side side) {
        return side == Side.HEAT ? heatOvershoot : coolOvershoot;
    }

    ThermostatState learned(Side side, double overshoot) {
        return new ThermostatState(phase, message, since, until, side == Side.HEAT ? overshoot : heatOvershoot,
                side == Side.COOL ? overshoot : coolOvershoot, integral, integrated, goal, Optional.empty());
    }

    ThermostatState awaiting(Optional<Peak> turn) {
        return new ThermostatState(phase, message, since, until, heatOvershoot, coolOvershoot, integral, integrated, goal, turn);
    }

    ThermostatState aiming(double next, double learned, Instant now) {
        return new ThermostatState(phase, message, since, until, heatOvershoot, coolOvershoot, learned, now, Optional.of(next), peak);
    }

    /// The clock was set: what lasts so long still lasts so long.
    ThermostatState moved(Duration by) {
        return new ThermostatState(phase, message, since.plus(by), until.map(end -> end.plus(by)), heatOvershoot, coolOvershoot, integral,
                integrated.plus(by), goal, peak.map(turn -> new Peak(turn.side(), turn.expected(), turn.extreme(), turn.since().plus(by), turn.acted())));
    }
}
