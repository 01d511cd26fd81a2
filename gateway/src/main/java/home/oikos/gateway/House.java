package home.oikos.gateway;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.cel.CelException;
import home.oikos.cel.CelPrograms;
import home.oikos.driver.Delivery;
import home.oikos.driver.FirmwareEvent;
import home.oikos.driver.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Everything the gateway knows and every decision it takes, without threads, sockets or a clock of its own. One thread calls it, with the time.
///
/// It only orders the steps: [Hearing] believes, [InterlockWatch] notices, [Control] wants, [Convergence] brings about under the [Guard], [Conditions]
/// judges, [Agenda] says when to come again.
final class House {
    final World world = new World();
    final Guard guard = new Guard(world);
    final Readers readers = new Readers(guard);
    final CelPrograms programs;
    final Firmwares firmwares;
    private final Spares spares = new Spares(world);
    private final Hearing hearing;
    private final InterlockWatch watch;
    private final Control control;
    private final Thermostats thermostats = new Thermostats(world, this::settle);
    private final Convergence convergence;
    final Permits permits;
    private final Boot boot;
    private final Agenda agenda = new Agenda(readers);
    private final Map<String, ModelSpec> models = new HashMap<>();
    private final Map<String, String> linkErrors = new TreeMap<>();
    private boolean begun;
    private Instant nextRound;

    House(CelPrograms programs, Outbox out, FirmwareRules rules, Boot boot, Instant started) {
        this.boot = boot;
        this.programs = programs;
        this.nextRound = started;
        this.firmwares = new Firmwares(rules, spares, out);
        this.convergence = new Convergence(guard, out);
        this.permits = new Permits(this, out);
        this.hearing = new Hearing(readers, convergence, out, this::concerned);
        this.watch = new InterlockWatch(world, out, started);
        this.control = new Control(programs, world, started);
    }

    /// From here on it acts. Before, it only learns: no command may leave while an interlock may still be unknown.
    void begin(Instant now) {
        begun = true;
        guard.interlocks.values().forEach(interlock -> evaluate(interlock, now));
        for (var thing : world.things.values()) {
            follow(thing, now);
            settle(thing, now);
        }
    }

    boolean hasBegun() {
        return begun;
    }

    // What the API says.

    void put(ModelSpec model, Instant now) {
        models.put(model.name(), model);
        world.things.values().stream().filter(thing -> thing.spec.modelName().equals(model.name())).forEach(thing -> model(thing, model, now));
    }

    void removeModel(String name, Instant now) {
        models.remove(name);
        world.things.values().stream().filter(thing -> thing.spec.modelName().equals(name)).forEach(thing -> model(thing, null, now));
    }

    Optional<ModelSpec> model(String name) {
        return Optional.ofNullable(models.get(name));
    }

    private void model(Thing thing, ModelSpec model, Instant now) {
        thing.model = model;
        thing.dirty = true;
        settle(thing, now);
    }

    void put(DeviceSpec spec, Instant now) {
        var thing = world.things.computeIfAbsent(spec.key(), _ -> new Thing(spec, boot, now));
        if (!thing.spec.uid().equals(spec.uid())) {
            thing = new Thing(spec, boot, now);
            world.things.put(spec.key(), thing);
        }
        thing.spec = spec;
        model(thing, models.get(spec.modelName()), now);
        follow(thing, now);
        concerned(new World.Property(spec.key(), ""), now);
    }

    List<Delivery> remove(ObjectKey device, Instant now) {
        var thing = world.things.remove(device);
        concerned(new World.Property(device, ""), now);
        letGo(device, now);
        return thing == null ? List.of() : thing.receipts.take();
    }

    void put(InterlockSpec spec, Instant now) {
        var before = guard.interlocks.get(spec.key());
        var interlock = compiled(spec);
        interlock.believe(now);
        if (before != null && before.spec.uid().equals(spec.uid())) interlock.carryOn(before);
        interlock.considerReset();
        guard.interlocks.put(spec.key(), interlock);
        evaluate(interlock, now);
    }

    private Interlock compiled(InterlockSpec spec) {
        try {
            return new Interlock(spec, Optional.of(programs.compile(spec.expression())), "");
        } catch (CelException wrong) {
            return new Interlock(spec, Optional.empty(), wrong.getMessage());
        }
    }

    void removeInterlock(ObjectKey key, Instant now) {
        var gone = guard.interlocks.remove(key);
        if (gone != null) gone.spec.safeValues().forEach(safe -> settle(safe.device(), now));
    }

    void put(RolloutSpec rollout, Instant now) {
        spares.put(rollout);
        letGo(rollout.key(), now);
    }

    void removeRollout(ObjectKey key, Instant now) {
        spares.remove(key);
        letGo(key, now);
    }

    /// Something changed in that namespace by which a device may be let go that was held back, or the other way round.
    private void letGo(ObjectKey cause, Instant now) {
        for (var thing : List.copyOf(world.things.values())) {
            boolean isOffered = thing.firmware.phase() == FirmwareState.Phase.Offered;
            if (isOffered && thing.key.namespace().equals(cause.namespace()) && !thing.key.equals(cause)) settle(thing, now);
        }
    }

    /// What reactions, scalers and rollouts read, so that they hear of it soon.
    void watch(Set<World.Property> properties) {
        readers.watch(properties);
    }

    // What devices and drivers say.

    /// Takes a message's readings.
    /// @return whether the message may be acknowledged now; otherwise it is kept until what it says is committed
    boolean read(ObjectKey device, List<Reading> readings, Delivery delivery, Instant now) {
        var thing = world.things.get(device);
        if (thing == null) return true;
        boolean news = hearing.hear(thing, readings, now);
        control.failsafe(thing, now);
        settle(thing, now);
        if (news) thing.dirty = true;
        var waiting = news ? Set.<String>of() : waiting(thing, readings);
        if (!news && waiting.isEmpty()) return true;
        thing.receipts.hold(waiting, delivery);
        return false;
    }

    /// Numbers that a rule reads and that are not told yet, for their period is not over.
    private Set<String> waiting(Thing thing, List<Reading> readings) {
        return readings.stream().map(Reading::property).filter(name -> readers.isRead(thing, name) && Agenda.waitsToBeTold(thing, name))
                .collect(Collectors.toSet());
    }

    void available(ObjectKey device, boolean online, Instant now) {
        var thing = world.things.get(device);
        if (thing == null || thing.available.equals(Optional.of(online))) return;
        hearing.available(thing, online, now);
        settle(thing, now);
    }

    void linked(String protocol, boolean up, String why, Instant now) {
        if (up) linkErrors.remove(protocol);
        else linkErrors.put(protocol, why);
        for (var thing : world.things.values()) if (thing.spec.protocol().equals(protocol)) settle(thing, now);
    }

    /// Why nothing of a device can be known just now; empty when its driver is connected.
    Optional<String> linkError(Thing thing) {
        return Optional.ofNullable(linkErrors.get(thing.spec.protocol()));
    }

    /// Takes a device's word about its firmware.
    /// @return whether the word may be acknowledged now; otherwise it is kept until what it says is committed, or was refused
    boolean heard(ObjectKey device, FirmwareEvent event, Delivery delivery, Instant now) {
        var thing = world.things.get(device);
        if (thing != null) asked(thing, now);
        boolean follows = thing != null && firmwares.heard(thing, event, now);
        if (follows) settle(thing, now);
        if (event instanceof FirmwareEvent.TakenUp(var action) && (thing == null || !thing.firmware.isTakenUp() || thing.firmware.actionId() != action)) {
            delivery.refuse();
            return false;
        }
        if (!follows) return true;
        thing.receipts.hold(Set.of(), delivery);
        return false;
    }

    /// Whatever it says, it is there.
    private void asked(Thing thing, Instant now) {
        thing.asked = now;
        if (thing.speaksOfFirmwareAlone() && !thing.conditionIs("Online", "True")) settle(thing, now);
    }

    void put(ObjectKey key, JsonObject firmware, Instant now) {
        firmwares.put(key, firmware);
        wanting(key, now);
    }

    void removeFirmware(ObjectKey key, Instant now) {
        firmwares.remove(key);
        wanting(key, now);
    }

    private void wanting(ObjectKey firmware, Instant now) {
        for (var thing : world.things.values()) {
            if (thing.key.namespace().equals(firmware.namespace()) && thing.spec.firmware().name().equals(firmware.name())) settle(thing, now);
        }
    }

    // What follows.

    /// Everything that reads a property is looked at again: interlocks first, then what they hold back, then control.
    private void concerned(World.Property property, Instant now) {
        for (var interlock : guard.interlocks.values()) {
            if (!property.name().isEmpty() && !interlock.reads(property.device(), property.name())) continue;
            evaluate(interlock, now);
            interlock.properties().forEach(other -> settleOther(other.device(), property.device(), now));
        }
        for (var thing : world.things.values()) follow(thing, now);
    }

    private void settleOther(ObjectKey device, ObjectKey self, Instant now) {
        if (!device.equals(self)) settle(device, now);
    }

    private void evaluate(Interlock interlock, Instant now) {
        if (begun && watch.evaluate(interlock, now)) interlock.spec.safeValues().forEach(safe -> settle(safe.device(), now));
    }

    private void follow(Thing thing, Instant now) {
        if (begun) thermostats.release(thing, now);
        if (begun && (thing.spec.thermostat().isPresent() || thing.thermostat != null)) thermostats.follow(thing, now);
        if (thing.spec.control().isEmpty() && thing.controlled.isEmpty() && thing.spec.thermostat().isEmpty()) return;
        control.follow(thing, now);
        settle(thing, now);
    }

    private void settle(ObjectKey device, Instant now) {
        world.find(device).ifPresent(thing -> settle(thing, now));
    }

    void settle(Thing thing, Instant now) {
        if (!begun) return;
        if (convergence.converge(thing, now)) thing.controllers.values().forEach(vessel -> world.find(vessel).ifPresent(switching -> judge(switching, now)));
        firmwares.settle(thing, now);
        judge(thing, now);
    }

    private void judge(Thing thing, Instant now) {
        var held = thermostats.held(thing);
        if (!held.equals(thing.held)) thing.dirty = true;
        thing.held = held;
        var judged = Conditions.of(this, thing, now);
        if (!judged.equals(thing.judged)) thing.dirty = true;
        thing.judged = judged;
        thing.due = agenda.due(thing, now);
        var before = thing.standing;
        thing.standing = Spares.Standing.of(thing);
        if (!thing.standing.equals(before)) letGo(thing.key, now);
    }

    /// The status of a device was committed up to here: what waited for that may leave.
    void committed(ObjectKey device, Map<String, Attempt> attempts, FirmwareState firmware, Instant now) {
        var thing = world.things.get(device);
        if (thing == null) return;
        firmwares.committed(thing, firmware);
        attempts.forEach((name, attempt) -> {
            if (attempt.equals(thing.attempts.get(name))) thing.attempts.put(name, attempt.commit());
        });
        settle(thing, now);
    }

    /// Does what is due by the passing of time.
    /// @return when to come again at the latest
    Instant tick(Instant now) {
        for (var thing : List.copyOf(world.things.values())) if (!thing.due.isAfter(now)) elapse(thing, now);
        if (!nextRound.isAfter(now)) {
            guard.interlocks.values().forEach(interlock -> evaluate(interlock, now));
            nextRound = now.plus(Agenda.ROUND);
        }
        return world.things.values().stream().map(thing -> thing.due).reduce(nextRound, (one, other) -> one.isBefore(other) ? one : other);
    }

    /// The clock of the machine was set: everything that lasts a certain time still lasts it.
    void moveClock(Duration by) {
        world.things.values().forEach(thing -> thing.moveClock(by));
        guard.interlocks.values().forEach(interlock -> interlock.moveClock(by));
        watch.moveClock(by);
        control.moveClock(by);
        nextRound = nextRound.plus(by);
    }

    private void elapse(Thing thing, Instant now) {
        for (var entry : thing.reported.entrySet()) {
            var model = thing.property(entry.getKey()).orElse(null);
            if (model != null && entry.getValue().isNews(model, readers.period(thing, model), now)) thing.dirty = true;
        }
        thing.prune(now);
        control.failsafe(thing, now);
        settle(thing, now);
        // A value that goes stale is news to whatever reads it.
        world.things.values().forEach(other -> follow(other, now));
        guard.interlocks.values().stream().filter(interlock -> interlock.readsAny(thing.key)).forEach(interlock -> evaluate(interlock, now));
    }
}
