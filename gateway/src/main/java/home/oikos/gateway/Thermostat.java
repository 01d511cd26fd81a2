package home.oikos.gateway;

import home.oikos.driver.Value;
import home.oikos.gateway.ThermostatSight.Output;
import home.oikos.gateway.ThermostatState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// Decides what a thermostat does next: one total function of what it was told, what it did and what it sees. Pure; every protective time counts from
/// what the outputs say of themselves, and what nobody knows counts as "just stopped".
final class Thermostat {
    private final ThermostatSpec spec;
    private final ThermostatSight sight;
    private final Instant now;

    private Thermostat(ThermostatSpec spec, ThermostatSight sight) {
        this.spec = spec;
        this.sight = sight;
        this.now = sight.now();
    }

    static ThermostatState decide(ThermostatSpec spec, ThermostatState before, ThermostatSight sight) {
        return new Thermostat(spec, sight).decide(before);
    }

    private ThermostatState decide(ThermostatState before) {
        if (spec.mode() == ThermostatSpec.Mode.Off) return before.enter(Phase.Off, "Control is switched off.", now);
        if (spec.target().isEmpty()) return before.enter(Phase.Off, "No target is set.", now);
        var lost = Stream.concat(Stream.of(sight.sensor()), sight.chamber().stream()).filter(ThermostatSight.Felt::isLost).findFirst();
        // At once, whatever minimum time runs: nobody knows how warm it is.
        if (lost.isPresent()) return before.awaiting(Optional.empty()).enter(Phase.SensorLost, lost.get().lost() + ".", now);
        var held = Stream.of(Side.values()).filter(side -> isHeld(side, true)).findFirst();
        if (held.isPresent()) return before.enter(Phase.HeldByHand, name(held.get()) + " is set on by hand.", now);
        var aimed = spec.isCascade() ? Cascade.aim(spec, before, sight.sensor().value(), now) : before.aiming(spec.target().get(), before.integral(), now);
        var watched = Overshoot.watch(spec, aimed, sight.measured().value(), now);
        for (var side : Side.values()) if (before.is(side)) return goOn(side, watched);
        return begin(watched);
    }

    private boolean isHeld(Side side, boolean on) {
        return sight.output(side).flatMap(Output::byHand).filter(set -> set == on).isPresent();
    }

    private String name(Side side) {
        return sight.output(side).map(Output::name).orElse("");
    }

    /// It heats or cools: does it go on?
    private ThermostatState goOn(Side side, ThermostatState state) {
        if (!isUsable(side) || isHeld(side, false)) return begin(ended(side, state));
        double goal = state.goal().orElseThrow();
        var acted = sight.output(side).get().onFor(now);
        double turn = Overshoot.expected(state, side, sight.measured().value(), acted);
        boolean enough = side.isBeyond(turn, goal) || turn == goal || isVesselDone(side);
        // A short run wears what is switched; too far is too far.
        boolean tooFar = side.isBeyond(sight.measured().value(), goal + side.sign * spec.deadband());
        if (!enough || !tooFar && acted.compareTo(Duration.ZERO) > 0 && acted.compareTo(spec.waits(side).on()) < 0) return acting(side, state);
        return begin(ended(side, state));
    }

    private ThermostatState ended(Side side, ThermostatState state) {
        var acted = sight.output(side).map(output -> output.onFor(now)).orElse(Duration.ZERO);
        if (acted.isZero()) return state.awaiting(Optional.empty());
        double measured = sight.measured().value();
        return state.awaiting(Optional.of(new ThermostatState.Peak(side, Overshoot.expected(state, side, measured, acted), measured, now,
                Overshoot.counted(acted))));
    }

    /// In a cascade the chamber works for the vessel: once that is where it should be, there is nothing to do.
    private boolean isVesselDone(Side side) {
        return spec.isCascade() && !side.isBeyond(spec.target().orElseThrow(), sight.sensor().value());
    }

    private ThermostatState begin(ThermostatState state) {
        for (var side : Side.values()) if (isWanted(side, state)) return begin(side, state);
        return state.enter(Phase.Idle, "It is within %s of %s.".formatted(figure(spec.deadband()), aim(state)), now);
    }

    private boolean isWanted(Side side, ThermostatState state) {
        double edge = state.goal().orElseThrow() - side.sign * spec.deadband();
        return side.isBeyond(edge, sight.measured().value()) && !isVesselDone(side);
    }

    private ThermostatState begin(Side side, ThermostatState state) {
        if (spec.output(side).isEmpty()) {
            return state.enter(Phase.Idle, "It is too %s and has nothing to %s with.".formatted(side.other().extreme, side.verb), now);
        }
        if (!isUsable(side)) return state.enter(Phase.Unable, "It should %s, but %s.".formatted(side.verb, unusable(side)), now);
        if (isHeld(side, false)) return state.enter(Phase.HeldByHand, "It should %s, but %s is set off by hand.".formatted(side.verb, name(side)), now);
        var other = sight.output(side.other());
        if (other.isPresent() && other.get().offSince().isEmpty()) return state.enter(waitingTo(side), other.get().name() + " may still be on.", now);
        var own = sight.output(side).orElseThrow().offSince();
        var waits = Stream.of(own.map(off -> new Wait(off.plus(spec.waits(side).off()), name(side) + " rests")),
                other.flatMap(Output::offSince).map(off -> new Wait(off.plus(spec.times().turn()), name(side.other()) + " was on")),
                state.peak().map(this::afterEffect));
        var longest = waits.flatMap(Optional::stream).filter(wait -> wait.until().isAfter(now)).max((a, b) -> a.until().compareTo(b.until()));
        return longest.map(wait -> state.waiting(side, wait.until(), "It should %s and waits until %s: %s.".formatted(side.verb,
                Status.time(wait.until()), wait.why()), now)).orElseGet(() -> acting(side, state));
    }

    private record Wait(Instant until, String why) { }

    private Wait afterEffect(ThermostatState.Peak peak) {
        return new Wait(peak.since().plus(spec.waits(peak.side()).peak()), "it still grows " + peak.side().extreme + "er");
    }

    private static Phase waitingTo(Side side) {
        return side == Side.HEAT ? Phase.WaitingToHeat : Phase.WaitingToCool;
    }

    private boolean isUsable(Side side) {
        return unusable(side).isEmpty();
    }

    private String unusable(Side side) {
        return sight.output(side).map(Output::unusable).orElse("there is nothing to " + side.verb + " with");
    }

    private ThermostatState acting(Side side, ThermostatState state) {
        var phase = side == Side.HEAT ? Phase.Heating : Phase.Cooling;
        return state.awaiting(Optional.empty()).enter(phase, "It is too %s for %s.".formatted(side.other().extreme, aim(state)), now);
    }

    private String aim(ThermostatState state) {
        var target = figure(spec.target().orElseThrow());
        return spec.isCascade() ? target + " in the vessel" : target;
    }

    static String figure(double value) {
        return new Value.Number(Math.rint(value * 100) / 100).toString();
    }
}
