package home.oikos.gateway;

import home.oikos.api.ObjectKey;
import home.oikos.driver.Value;
import home.oikos.gateway.ThermostatSight.Felt;
import home.oikos.gateway.ThermostatSight.Output;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// Lets every thermostat of the house look, decide and want. What it wants of a heater or cooler stands beside the outcome of an expression: below what a
/// person set, and under the same guard. Belongs to [House] and its thread.
final class Thermostats {
    private final World world;
    private final BiConsumer<Thing, Instant> settle;

    /// @param settle brings a device to what is wanted of it now
    Thermostats(World world, BiConsumer<Thing, Instant> settle) {
        this.world = world;
        this.settle = settle;
    }

    /// Decides for one device. What it switches off leaves before what it switches on.
    void follow(Thing vessel, Instant now) {
        var spec = vessel.spec.thermostat().orElse(null);
        if (spec == null) {
            if (vessel.thermostat != null) vessel.dirty = true;
            vessel.thermostat = null;
            return;
        }
        var before = vessel.thermostat == null ? restored(vessel, now) : vessel.thermostat;
        var after = Thermostat.decide(spec, before, sight(vessel.key, spec, now));
        if (vessel.thermostat == null || !ThermostatForm.of(spec, before).equals(ThermostatForm.of(spec, after))) vessel.dirty = true;
        vessel.thermostat = after;
        for (boolean on : List.of(false, true)) {
            for (var side : Side.values()) if (after.is(side) == on) spec.output(side).ifPresent(output -> drive(vessel.key, output, on, now));
        }
    }

    private static ThermostatState restored(Thing vessel, Instant now) {
        var status = vessel.spec.restored();
        return ThermostatForm.read(status.at("control").object(), then -> vessel.past(status, then, now), now);
    }

    /// Why the output that a device's thermostat has on does not do as it says; empty when it does.
    String held(Thing vessel) {
        if (vessel.thermostat == null || vessel.spec.thermostat().isEmpty()) return "";
        return Stream.of(Side.values()).filter(vessel.thermostat::is).flatMap(side -> vessel.spec.thermostat().get().output(side).stream())
                .map(output -> Conditions.held(output.device().name(), sync(output))).findFirst().orElse("");
    }

    private Sync sync(World.Property output) {
        return world.find(output.device()).map(thing -> thing.syncs.get(output.name())).orElse(Sync.IN_SYNC);
    }

    // What it sees.

    private ThermostatSight sight(ObjectKey vessel, ThermostatSpec spec, Instant now) {
        return new ThermostatSight(now, felt(spec.sensor(), now), spec.isCascade() ? Optional.of(felt(spec.chamber(), now)) : Optional.empty(),
                spec.heater().map(output -> output(vessel, output, now)), spec.cooler().map(output -> output(vessel, output, now)));
    }

    private Felt felt(Optional<World.Property> named, Instant now) {
        if (named.isEmpty()) return new Felt(0, "no sensor is named");
        var property = named.get();
        var thing = world.find(property.device()).orElse(null);
        if (thing == null) return new Felt(0, "there is no device " + property.device().name());
        var stale = thing.staleness(property.name(), now);
        if (stale.isPresent()) return new Felt(0, stale.get());
        // What was known before the start may be of a sensor that died since: heating goes by nothing less than a fresh word.
        if (!thing.spoken.contains(property.name())) return new Felt(0, property.name() + " of " + thing.key.name() + " was not heard since the start");
        return thing.reported.get(property.name()).value() instanceof Value.Number(var value) ? new Felt(value, "")
                : new Felt(0, property.name() + " of " + thing.key.name() + " is no number");
    }

    private Output output(ObjectKey vessel, World.Property property, Instant now) {
        var name = property.device().name();
        var thing = world.find(property.device()).orElse(null);
        if (thing == null) return new Output(name, Optional.empty(), Optional.of(now), Optional.empty(), "there is no device " + name);
        var said = thing.reported.get(property.name());
        boolean on = said != null && said.value().equals(new Value.Bool(true));
        boolean off = isOff(thing, property.name(), now);
        return new Output(name, on ? Optional.of(said.changed()) : Optional.empty(), off ? Optional.of(said.changed()) : Optional.empty(),
                byHand(thing, property), unusable(thing, property.name(), vessel));
    }

    /// For certain, and not about to be on.
    private static boolean isOff(Thing thing, String property, Instant now) {
        var said = thing.reported.get(property);
        return said != null && said.value().equals(new Value.Bool(false)) && !thing.mayBecome(property, new Value.Bool(true), now);
    }

    private static Optional<Boolean> byHand(Thing thing, World.Property property) {
        return Optional.ofNullable(thing.spec.desired().get(property.name())).map(value -> value.equals(new Value.Bool(true)));
    }

    private String unusable(Thing thing, String property, ObjectKey vessel) {
        if (thing.spec.control().containsKey(property)) return thing.key.name() + " follows an expression of its own";
        var other = thing.controllers.get(property);
        return other != null && !other.equals(vessel) && isClaimed(other, new World.Property(thing.key, property))
                ? thing.key.name() + " is switched by the thermostat of " + other.name() : "";
    }

    private boolean isClaimed(ObjectKey vessel, World.Property output) {
        return world.find(vessel).flatMap(thing -> thing.spec.thermostat()).filter(spec -> spec.outputs().anyMatch(output::equals)).isPresent();
    }

    // What it wants.

    private void drive(ObjectKey vessel, World.Property property, boolean on, Instant now) {
        var thing = world.find(property.device()).orElse(null);
        if (thing == null || !unusable(thing, property.name(), vessel).isEmpty()) return;
        var value = new Value.Bool(on);
        boolean taken = vessel.equals(thing.controllers.put(property.name(), vessel));
        if (taken && value.equals(thing.controlled.put(property.name(), value))) return;
        thing.controlled.put(property.name(), value);
        thing.dirty = true;
        settle.accept(thing, now);
    }

    /// What no thermostat switches any more must not stay on: it is wanted off until it says that it is.
    void release(Thing thing, Instant now) {
        for (var entry : Map.copyOf(thing.controllers).entrySet()) {
            if (!isClaimed(entry.getValue(), new World.Property(thing.key, entry.getKey()))) letGo(thing, entry.getKey(), now);
        }
    }

    private void letGo(Thing thing, String property, Instant now) {
        if (isOff(thing, property, now)) {
            thing.controllers.remove(property);
            thing.controlled.remove(property);
            thing.dirty = true;
        } else if (!new Value.Bool(false).equals(thing.controlled.put(property, new Value.Bool(false)))) {
            thing.dirty = true;
        } else {
            return;
        }
        settle.accept(thing, now);
    }
}
