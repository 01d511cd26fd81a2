package home.oikos.gateway;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.cel.CelException;
import home.oikos.cel.CelPrograms;
import home.oikos.driver.Command;
import home.oikos.driver.Delivery;
import home.oikos.driver.Reading;
import home.oikos.driver.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Everything the gateway knows and every decision it takes, without threads, sockets or a clock of its own. One thread calls it, with the time.
final class House {
    /// A number that an interlock, a reaction or a scaler reads is told this often: once a second is soon enough for a rule and
    /// bounds what a noisy sensor writes.
    static final Duration WATCHED_PERIOD = Duration.ofSeconds(1);

    /// How soon to look again at what an interlock holds back, or at a driver that is down.
    static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /// How long after a start a device without an expected period has to say something before its silence breaks an interlock.
    static final Duration START_GRACE = Duration.ofSeconds(60);

    final World world = new World();
    final Guard guard = new Guard(world);
    final CelPrograms programs;
    private final Convergence convergence;
    private final Outbox out;
    private final Instant started;
    private final Map<String, ModelSpec> models = new HashMap<>();
    private final Map<String, String> linkErrors = new TreeMap<>();
    private Set<World.Property> watched = Set.of();
    private boolean begun;
    private Instant nextEvaluation;

    House(CelPrograms programs, Outbox out, Instant started) {
        this.programs = programs;
        this.out = out;
        this.started = started;
        this.nextEvaluation = started;
        this.convergence = new Convergence(guard, out);
    }

    /// From here on it acts. Before, it only learns: no command may leave while an interlock may still be unknown.
    void begin(Instant now) {
        begun = true;
        guard.interlocks.values().forEach(interlock -> evaluate(interlock, now));
        for (var thing : world.things.values()) {
            if (!thing.spec.control().isEmpty()) control(thing, now);
            settle(thing, now);
        }
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
        var thing = world.things.computeIfAbsent(spec.key(), _ -> new Thing(spec, now));
        if (!thing.spec.uid().equals(spec.uid())) {
            thing = new Thing(spec, now);
            world.things.put(spec.key(), thing);
        }
        thing.spec = spec;
        model(thing, models.get(spec.modelName()), now);
        if (!thing.spec.control().isEmpty()) control(thing, now);
        concerned(new World.Property(spec.key(), ""), now);
    }

    List<Delivery> remove(ObjectKey device, Instant now) {
        var thing = world.things.remove(device);
        concerned(new World.Property(device, ""), now);
        return thing == null ? List.of() : thing.deliveries;
    }

    void put(InterlockSpec spec, Instant now) {
        var before = guard.interlocks.get(spec.key());
        var interlock = new Interlock(spec, Optional.empty());
        try {
            interlock.program = Optional.of(programs.compile(spec.expression()));
        } catch (CelException wrong) {
            interlock.error = wrong.getMessage();
        }
        if (before != null && before.spec.uid().equals(spec.uid())) carryOver(before, interlock);
        guard.interlocks.put(spec.key(), interlock);
        evaluate(interlock, now);
    }

    private static void carryOver(Interlock before, Interlock after) {
        after.conditions = before.conditions;
        after.brokenSince = before.brokenSince;
        after.latchedSince = before.latchedSince;
        after.broken = before.broken;
    }

    void removeInterlock(ObjectKey key, Instant now) {
        var gone = guard.interlocks.remove(key);
        if (gone != null) gone.spec.safeValues().forEach(safe -> settle(safe.device(), now));
    }

    /// What reactions and scalers read, so that they hear of it soon.
    void watch(Set<World.Property> properties) {
        watched = Set.copyOf(properties);
    }

    // What devices say.

    /// Takes a message's readings.
    /// @return whether the message may be acknowledged now; otherwise it is kept until what it says is committed
    boolean read(ObjectKey device, List<Reading> readings, Delivery delivery, Instant now) {
        var thing = world.things.get(device);
        if (thing == null) return true;
        boolean news = false;
        for (var reading : readings) news |= take(thing, reading, now);
        if (readings.stream().anyMatch(reading -> !reading.retained())) heard(thing, now);
        settle(thing, now);
        if (!news) return true;
        thing.deliveries.add(delivery);
        thing.dirty = true;
        return false;
    }

    private boolean take(Thing thing, Reading reading, Instant now) {
        var model = thing.property(reading.property()).orElse(null);
        if (model == null) return false;
        var value = model.typed(reading.value());
        var refusal = model.refusal(value);
        if (refusal.isPresent()) {
            out.tell(Outbox.Subject.of(thing), true, "ReadingRefused", refusal.get());
            return false;
        }
        // What the broker kept says nothing new of a value we have: it must not make it look fresh.
        if (reading.retained() && thing.reported.containsKey(model.name()) && thing.reported.get(model.name()).value().equals(value)) return false;
        out.sample(thing.key, model, value, now);
        return believe(thing, model, value, now);
    }

    private boolean believe(Thing thing, PropertyModel model, Value value, Instant now) {
        var before = thing.reported.get(model.name());
        var after = before == null ? Reported.first(value, now) : before.again(value, now);
        thing.reported.put(model.name(), after);
        confirm(thing, model, value, now);
        if (before != null && !before.value().equals(value)) drift(thing, model, before, value, now);
        if (before == null || !before.value().equals(value)) concerned(new World.Property(thing.key, model.name()), now);
        return before == null || after.isNews(model, period(thing, model), now);
    }

    private Duration period(Thing thing, PropertyModel model) {
        return isRead(thing, model.name()) && WATCHED_PERIOD.compareTo(model.statusPeriod()) < 0 ? WATCHED_PERIOD : model.statusPeriod();
    }

    /// Whether an interlock, a reaction or a scaler reads it.
    private boolean isRead(Thing thing, String property) {
        return watched.contains(new World.Property(thing.key, property))
                || guard.interlocks.values().stream().anyMatch(lock -> lock.reads(thing.key, property));
    }

    Expendable expendable(Thing thing) {
        if (thing.model == null) return Expendable.NOTHING;
        return new Expendable(thing.model.properties().values().stream().filter(model -> model.type() == PropertyModel.Type.Number)
                .map(PropertyModel::name).filter(name -> !isRead(thing, name)).collect(Collectors.toSet()));
    }

    private static void confirm(Thing thing, PropertyModel model, Value value, Instant now) {
        var attempt = thing.attempts.get(model.name());
        if (attempt == null || attempt.count() == 0 || !model.same(attempt.value(), value)) return;
        thing.attempts.remove(model.name());
        thing.dirty = true;
    }

    /// It was where it was wanted and left by itself.
    private void drift(Thing thing, PropertyModel model, Reported before, Value found, Instant now) {
        var wanted = convergence.target(thing, model.name()).orElse(null);
        if (wanted == null || !model.same(before.value(), wanted) || model.same(found, wanted)) return;
        if (thing.earlier(model.name(), now).stream().anyMatch(value -> model.same(value, found))) return;
        var cause = thing.spokeSinceStart && thing.awaySince == null ? "changed at the device" : "changed while it was away";
        thing.drift = JsonObject.of("property", model.name(), "wanted", wanted.json(), "found", found.json(), "time", Status.time(now), "cause", cause);
        thing.dirty = true;
        out.tell(Outbox.Subject.of(thing), false, "Drifted", "%s %s: found %s, wanted %s; set back".formatted(thing.key.name(), cause,
                Words.value(model, found), Words.value(model, wanted)));
    }

    private void heard(Thing thing, Instant now) {
        boolean back = thing.awaySince != null || !thing.spokeSinceStart;
        thing.heard = now;
        thing.spokeSinceStart = true;
        if (thing.available.isEmpty() || !thing.available.get()) thing.awaySince = null;
        if (thing.available.isPresent() && !thing.available.get()) thing.available = Optional.empty();
        if (back) thing.attempts.replaceAll((_, attempt) -> attempt.committed() ? attempt.atOnce(now) : attempt);
    }

    void available(ObjectKey device, boolean online, Instant now) {
        var thing = world.things.get(device);
        if (thing == null || thing.available.equals(Optional.of(online))) return;
        thing.available = Optional.of(online);
        thing.awaySince = online ? null : now;
        if (online) thing.attempts.replaceAll((_, attempt) -> attempt.committed() ? attempt.atOnce(now) : attempt);
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

    // What follows.

    /// Everything that reads a property is looked at again: interlocks first, then what they hold back, then control.
    private void concerned(World.Property property, Instant now) {
        for (var interlock : guard.interlocks.values()) {
            if (!property.name().isEmpty() && !interlock.reads(property.device(), property.name())) continue;
            evaluate(interlock, now);
            interlock.properties().forEach(other -> settleOther(other.device(), property.device(), now));
        }
        for (var thing : world.things.values()) if (!thing.spec.control().isEmpty()) control(thing, now);
    }

    private void settleOther(ObjectKey device, ObjectKey self, Instant now) {
        if (!device.equals(self)) settle(device, now);
    }

    private void settle(ObjectKey device, Instant now) {
        world.find(device).ifPresent(thing -> settle(thing, now));
    }

    private void settle(Thing thing, Instant now) {
        if (!begun) return;
        convergence.converge(thing, now);
        var judged = Conditions.of(this, thing, now);
        if (!judged.equals(thing.judged)) thing.dirty = true;
        thing.judged = judged;
        thing.due = nextDue(thing, now);
    }

    private void evaluate(Interlock interlock, Instant now) {
        if (!begun) return;
        var broken = interlock.broken(world.reported(interlock.key().namespace(), Map.of(), now));
        if (broken.isPresent() && isTooEarly(interlock, now)) broken = Optional.empty();
        boolean was = interlock.broken.isPresent();
        if (!broken.equals(interlock.broken)) interlock.dirty = true;
        interlock.broken = broken;
        if (broken.isPresent() && !was) breaks(interlock, broken.get(), now);
        if (broken.isEmpty() && was) holdsAgain(interlock);
        release(interlock);
        if (interlock.isActive() || was) interlock.spec.safeValues().forEach(safe -> settle(safe.device(), now));
    }

    /// Just after a start a device that has not spoken yet is no reason to act; what was read and committed before is.
    private boolean isTooEarly(Interlock interlock, Instant now) {
        return interlock.properties().stream().anyMatch(property -> isTooEarly(property, now));
    }

    private boolean isTooEarly(World.Property property, Instant now) {
        var thing = world.things.get(property.device());
        if (thing == null) return now.isBefore(started.plus(START_GRACE));
        return !thing.spokeSinceStart && !thing.reported.containsKey(property.name()) && now.isBefore(started.plus(grace(thing, property)));
    }

    private static Duration grace(Thing thing, World.Property property) {
        return thing.property(property.name()).flatMap(PropertyModel::staleAfter).orElse(START_GRACE);
    }

    private void breaks(Interlock interlock, String why, Instant now) {
        interlock.brokenSince = now;
        if (interlock.spec.latched() && interlock.latchedSince == null) interlock.latchedSince = now;
        out.tell(Outbox.Subject.of(interlock), true, "Broken", "%s is broken: %s".formatted(interlock.key().name(), why));
    }

    private void holdsAgain(Interlock interlock) {
        interlock.brokenSince = null;
        out.tell(Outbox.Subject.of(interlock), false, "Holds", interlock.key().name() + " holds again"
                + (interlock.latchedSince == null ? "" : "; latched until a person resets it"));
    }

    private static void release(Interlock interlock) {
        if (interlock.latchedSince == null || interlock.broken.isPresent()) return;
        if (interlock.spec.reset().filter(at -> !at.isBefore(interlock.latchedSince.truncatedTo(ChronoUnit.SECONDS))).isEmpty()) return;
        interlock.latchedSince = null;
        interlock.dirty = true;
    }

    /// Where control fails, the failsafe value takes its place.
    private void control(Thing thing, Instant now) {
        thing.controlled.keySet().retainAll(thing.spec.control().keySet());
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
        settle(thing, now);
    }

    private static void controlled(Thing thing, String property, Optional<Value> value, String error) {
        var before = value.isPresent() ? thing.controlled.put(property, value.get()) : thing.controlled.remove(property);
        var said = error.isEmpty() ? thing.controlErrors.remove(property) : thing.controlErrors.put(property, error);
        if (!value.equals(Optional.ofNullable(before)) || !error.equals(said == null ? "" : said)) thing.dirty = true;
    }

    /// The status of a device was committed up to here: what waited for that may leave.
    void committed(ObjectKey device, Map<String, Attempt> attempts, Instant now) {
        var thing = world.things.get(device);
        if (thing == null) return;
        attempts.forEach((name, attempt) -> {
            if (attempt.equals(thing.attempts.get(name))) thing.attempts.put(name, attempt.commit());
        });
        settle(thing, now);
    }

    /// Does what is due by the passing of time.
    /// @return when to come again at the latest
    Instant tick(Instant now) {
        for (var thing : List.copyOf(world.things.values())) if (!thing.due.isAfter(now)) elapse(thing, now);
        if (!nextEvaluation.isAfter(now)) {
            guard.interlocks.values().forEach(interlock -> evaluate(interlock, now));
            nextEvaluation = now.plus(START_GRACE);
        }
        return world.things.values().stream().map(thing -> thing.due).reduce(nextEvaluation, (one, other) -> one.isBefore(other) ? one : other);
    }

    private void elapse(Thing thing, Instant now) {
        for (var entry : thing.reported.entrySet()) {
            var model = thing.property(entry.getKey()).orElse(null);
            if (model != null && entry.getValue().isNews(model, period(thing, model), now)) thing.dirty = true;
        }
        thing.prune(now);
        failsafe(thing, now);
        if (!thing.spec.control().isEmpty()) control(thing, now);
        settle(thing, now);
        guard.interlocks.values().stream().filter(interlock -> interlock.readsAny(thing.key)).forEach(interlock -> evaluate(interlock, now));
    }

    /// A device that fell silent is told its failsafe values; whether it hears is another matter.
    private void failsafe(Thing thing, Instant now) {
        if (thing.model == null) return;
        for (var property : thing.model.properties().values()) {
            if (property.failsafe().isEmpty() || property.staleAfter().isEmpty() || thing.controlled.containsKey(property.name())) continue;
            var silentSince = thing.heard == null ? started : thing.heard;
            boolean silent = now.isAfter(silentSince.plus(property.staleAfter().get()));
            boolean told = property.failsafe().equals(Optional.ofNullable(thing.attempts.get(property.name())).map(Attempt::value));
            if (silent && !told && thing.staleness(property.name(), now).isPresent() && !thing.spec.desired().containsKey(property.name())) {
                out.send(thing.spec.protocol(), new Command(thing.key, property.name(), property.failsafe().get()));
                thing.attempts.put(property.name(), Attempt.planned(property.failsafe().get(), true, now).sent(now));
            }
        }
    }

    private Instant nextDue(Thing thing, Instant now) {
        var due = new ArrayList<Instant>();
        due.add(now.plus(START_GRACE));
        thing.nextStale(now).ifPresent(due::add);
        thing.attempts.values().forEach(attempt -> due.add(attempt.next()));
        thing.syncs.values().forEach(sync -> due.add(nextLook(sync, now)));
        thing.reported.forEach((name, said) -> thing.property(name).filter(model -> !said.value().equals(said.toldValue()) && !model.isDiscrete()
                && !model.same(said.value(), said.toldValue())).ifPresent(model -> due.add(said.nextTold(period(thing, model)))));
        return due.stream().map(at -> at.isAfter(now) ? at : now.plusMillis(100)).min(Instant::compareTo).orElseThrow();
    }

    private static Instant nextLook(Sync sync, Instant now) {
        return switch (sync) {
            case Sync.Waiting(var until, _) -> until;
            case Sync.Interlocked _, Sync.Unreachable _ -> now.plus(LOOK_AGAIN);
            case Sync.InSync _, Sync.Applying _, Sync.Invalid _ -> now.plus(START_GRACE);
        };
    }
}
