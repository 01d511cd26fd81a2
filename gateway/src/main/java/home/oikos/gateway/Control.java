package home.oikos.gateway;

import home.oikos.cel.CelException;
import home.oikos.cel.CelPrograms;
import home.oikos.driver.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What `spec.control` comes to, and the failsafe values that stand in where control fails or a device falls silent. A value that a person set stays
/// above both. Belongs to [House] and its thread.
final class Control {
    private final CelPrograms programs;
    private final World world;
    private Instant started;

    Control(CelPrograms programs, World world, Instant started) {
        this.programs = programs;
        this.world = world;
        this.started = started;
    }

    void moveClock(Duration by) {
        started = started.plus(by);
    }

    /// Where control fails, the failsafe value takes its place.
    void follow(Thing thing, Instant now) {
        thing.controlled.keySet().removeIf(property -> !thing.spec.control().containsKey(property) && !thing.controllers.containsKey(property));
        thing.controlErrors.keySet().retainAll(thing.spec.control().keySet());
        thing.spec.control().forEach((property, expression) -> {
            var error = "";
            Optional<Value> value;
            try {
                value = Value.of(programs.compile(expression).evaluate(world.reported(thing.key.namespace(), Map.of(), now)));
            } catch (CelException failed) {
                error = failed.getMessage();
                value = thing.property(property).flatMap(PropertyModel::failsafe);
            }
            controlled(thing, property, value, error);
        });
    }

    private static void controlled(Thing thing, String property, Optional<Value> value, String error) {
        var before = value.isPresent() ? thing.controlled.put(property, value.get()) : thing.controlled.remove(property);
        var said = error.isEmpty() ? thing.controlErrors.remove(property) : thing.controlErrors.put(property, error);
        if (!value.equals(Optional.ofNullable(before)) || !error.equals(said == null ? "" : said)) thing.dirty = true;
    }

    /// A device that is not heard for two periods is told its failsafe values, as any wish under the interlocks; whether it hears is another matter. Once
    /// it is heard, they are no longer wanted.
    void failsafe(Thing thing, Instant now) {
        thing.fallback.clear();
        if (thing.model == null) return;
        for (var property : thing.model.properties().values()) {
            if (isSilent(thing, property, now)) property.failsafe().ifPresent(value -> thing.fallback.put(property.name(), value));
        }
    }

    /// A start counts as having heard it: the device has the same time to speak.
    private boolean isSilent(Thing thing, PropertyModel property, Instant now) {
        var since = thing.heard == null ? started : thing.heard;
        return property.staleAfter().filter(after -> now.isAfter(since.plus(after))).isPresent() && thing.staleness(property.name(), now).isPresent();
    }
}
