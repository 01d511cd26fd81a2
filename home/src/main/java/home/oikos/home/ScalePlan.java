package home.oikos.home;

import home.oikos.cel.CelException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// How many replicas there should be, and why. Pure.
///
/// @param replicas what to scale to now
/// @param lower the smaller number that still waits for its time
/// @param states of each trigger, in order
/// @param next when time alone changes something
record ScalePlan(int replicas, String why, Optional<Scaler.Lower> lower, List<TriggerState> states, Optional<Instant> next) {
    /// @param error why nobody knows whether it is active; it then stays as it was
    record TriggerState(boolean active, String message, boolean error) { }

    /// @param value reads a device's property as a number
    static ScalePlan of(Scaler scaler, int current, Function<ScaleTrigger.Telemetry, Double> value, Instant now) {
        var states = new ArrayList<TriggerState>();
        for (int i = 0; i < scaler.triggers().size(); i++) states.add(state(scaler.triggers().get(i), scaler.wasActive(i), value, now));
        int wanted = scaler.minReplicas();
        var why = "no trigger is active";
        for (int i = 0; i < states.size(); i++) {
            int asked = Math.clamp(scaler.triggers().get(i).replicas(), scaler.minReplicas(), scaler.maxReplicas());
            if (!states.get(i).active() || asked < wanted) continue;
            wanted = asked;
            why = states.get(i).message();
        }
        return settled(scaler, current, wanted, why, states, now);
    }

    /// More is taken at once; less only when it has been right for the whole time.
    private static ScalePlan settled(Scaler scaler, int current, int wanted, String why, List<TriggerState> states, Instant now) {
        var next = nextChange(scaler, now);
        if (wanted >= current) return new ScalePlan(wanted, sentence(wanted, scaler, why), Optional.empty(), states, next);
        var lower = scaler.lower().filter(waiting -> waiting.replicas() == wanted).orElse(new Scaler.Lower(wanted, now));
        var due = lower.since().plus(scaler.stabilization());
        if (!due.isAfter(now)) return new ScalePlan(wanted, sentence(wanted, scaler, why), Optional.empty(), states, next);
        var waits = "at %d of %d-%d; goes to %d at %s if it stays so: %s".formatted(current, scaler.minReplicas(), scaler.maxReplicas(), wanted, due, why);
        return new ScalePlan(current, waits, Optional.of(lower), states, next.filter(at -> at.isBefore(due)).or(() -> Optional.of(due)));
    }

    private static String sentence(int replicas, Scaler scaler, String why) {
        return "at %d of %d-%d because %s".formatted(replicas, scaler.minReplicas(), scaler.maxReplicas(), why);
    }

    private static TriggerState state(ScaleTrigger trigger, boolean was, Function<ScaleTrigger.Telemetry, Double> value, Instant now) {
        try {
            return switch (trigger) {
                case ScaleTrigger.Schedule schedule -> schedule(schedule, now);
                case ScaleTrigger.Telemetry telemetry -> telemetry(telemetry, was, value.apply(telemetry));
            };
        } catch (CelException | IllegalArgumentException unknown) {
            return new TriggerState(was, unknown.getMessage(), true);
        }
    }

    private static TriggerState schedule(ScaleTrigger.Schedule schedule, Instant now) {
        boolean open = schedule.isOpen(now);
        return new TriggerState(open, "the window from \"%s\" to \"%s\" (%s) is %s".formatted(schedule.start(), schedule.end(), schedule.timeZone(),
                open ? "open" : "closed"), false);
    }

    private static TriggerState telemetry(ScaleTrigger.Telemetry telemetry, boolean was, double value) {
        boolean active = telemetry.isActive(value, was);
        return new TriggerState(active, "%s of %s is %s, %s %s".formatted(telemetry.property(), telemetry.device().name(), plain(value),
                active == telemetry.above() ? "above" : "below", plain(telemetry.threshold())), false);
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static Optional<Instant> nextChange(Scaler scaler, Instant now) {
        return scaler.triggers().stream().flatMap(trigger -> trigger instanceof ScaleTrigger.Schedule schedule ? change(schedule, now).stream() : null)
                .min(Instant::compareTo);
    }

    private static Optional<Instant> change(ScaleTrigger.Schedule schedule, Instant now) {
        try {
            return schedule.nextChange(now);
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
