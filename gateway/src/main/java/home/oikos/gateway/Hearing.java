package home.oikos.gateway;

import home.oikos.api.JsonObject;
import home.oikos.driver.Reading;
import home.oikos.driver.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Turns what devices say into what is believed of them. Belongs to [House] and its thread.
final class Hearing {
    /// How long the word of one of several sensors counts, where the model has no period.
    private static final Duration JOINED_WITHIN = Duration.ofSeconds(60);

    private final Readers readers;
    private final Convergence convergence;
    private final Outbox out;
    private final BiConsumer<World.Property, Instant> changed;

    /// @param changed called as soon as a property has another value
    Hearing(Readers readers, Convergence convergence, Outbox out, BiConsumer<World.Property, Instant> changed) {
        this.readers = readers;
        this.convergence = convergence;
        this.out = out;
        this.changed = changed;
    }

    /// Takes one message.
    /// @return whether the API should hear of something in it
    boolean hear(Thing thing, List<Reading> readings, Instant now) {
        var stale = stale(thing, now);
        boolean news = false;
        for (var reading : readings) news |= take(thing, reading, now);
        if (readings.stream().anyMatch(reading -> !reading.retained())) heard(thing, now);
        // A value that can be relied on again is news to whatever reads it, also when it is the same.
        stale.stream().filter(name -> thing.staleness(name, now).isEmpty()).forEach(name -> changed.accept(new World.Property(thing.key, name), now));
        return news;
    }

    private static List<String> stale(Thing thing, Instant now) {
        return thing.reported.keySet().stream().filter(name -> thing.staleness(name, now).isPresent()).toList();
    }

    private boolean take(Thing thing, Reading reading, Instant now) {
        var model = thing.property(reading.property()).orElse(null);
        if (model == null) return false;
        var found = model.typed(reading.value());
        var own = model.inOwnUnit(found, reading.unit());
        var impossible = own.isEmpty() ? noWay(model, reading) : model.refusal(own.get());
        var refusal = unsteady(thing, model, reading, impossible.isPresent() ? Optional.empty() : own, now).or(() -> impossible);
        if (refusal.isPresent()) {
            refuse(thing, model, reading, refusal.get(), now);
            return false;
        }
        var value = joined(thing, model, reading, own.get(), now);
        boolean trusted = thing.distrusted.remove(model.name()) == null;
        // What the broker kept says nothing new of a value we have: it must not make it look fresh.
        if (reading.retained() && thing.reported.containsKey(model.name()) && thing.reported.get(model.name()).value().equals(value)) return false;
        out.sample(thing.key, model, value, now);
        if (!reading.retained()) thing.spoken.add(model.name());
        boolean news = believe(thing, model, value, now);
        if (!trusted) changed.accept(new World.Property(thing.key, model.name()), now);
        return news;
    }

    private static Optional<String> noWay(PropertyModel model, Reading reading) {
        return Optional.of("%s is in %s; found a value in %s".formatted(model.name(), model.unit().isEmpty() ? "no unit" : model.unit(),
                Words.shortened(reading.unit())));
    }

    /// Several sensors that make one property watch each other instead.
    /// @param value empty when it is impossible
    private static Optional<String> unsteady(Thing thing, PropertyModel model, Reading reading, Optional<Value> value, Instant now) {
        if (!Double.isFinite(model.maximumChangePerMinute()) || !reading.source().isEmpty()) return Optional.empty();
        var steadiness = thing.steadiness.computeIfAbsent(model.name(), name -> new Steadiness(thing.reported.get(name)));
        if (value.isPresent() && value.get() instanceof Value.Number(var amount)) return steadiness.take(model, amount, now);
        steadiness.lose();
        return Optional.empty();
    }

    private void refuse(Thing thing, PropertyModel model, Reading reading, String why, Instant now) {
        out.tell(Outbox.Subject.of(thing), true, "ReadingRefused", reading.source().isEmpty() ? why : Words.shortened(reading.source()) + ": " + why);
        // One of several that talks nonsense leaves the others as they are.
        if (reading.source().isEmpty()) distrust(thing, model, why, now);
    }

    private static Value joined(Thing thing, PropertyModel model, Reading reading, Value value, Instant now) {
        if (reading.source().isEmpty() || !(value instanceof Value.Number(var amount))) return value;
        var joined = thing.joined.computeIfAbsent(model.name(), _ -> new Joined());
        int before = joined.sources();
        double all = joined.take(reading.source(), amount, model.staleAfter().orElse(JOINED_WITHIN), model.deadband(), now);
        thing.dirty |= joined.sources() != before;
        return new Value.Number(all);
    }

    /// A sensor that says what cannot be is no sensor until it says something else: its last good value is not what is so now.
    private void distrust(Thing thing, PropertyModel model, String why, Instant now) {
        if (model.type() != PropertyModel.Type.Number || why.equals(thing.distrusted.put(model.name(), why))) return;
        changed.accept(new World.Property(thing.key, model.name()), now);
    }

    private boolean believe(Thing thing, PropertyModel model, Value value, Instant now) {
        var before = thing.reported.get(model.name());
        var after = before == null ? Reported.first(value, now) : again(thing, model, before, value, now);
        thing.reported.put(model.name(), after);
        confirm(thing, model, value, now);
        if (before != null && !before.value().equals(value)) drift(thing, model, before, value, now);
        if (before == null || !before.value().equals(value)) changed.accept(new World.Property(thing.key, model.name()), now);
        return before == null || after.isNews(model, readers.period(thing, model), now);
    }

    /// A compressor that says that it is off, after it was told to run, may have run unheard and been switched off by a hand.
    private static Reported again(Thing thing, PropertyModel model, Reported before, Value value, Instant now) {
        var unheard = before.value().equals(value) ? thing.unheard(model.name(), value) : Optional.<Value>empty();
        return unheard.map(other -> before.afresh(other, now)).orElseGet(() -> before.again(value, now));
    }

    /// What left once has arrived then; of what left more than once another copy may still.
    private static void confirm(Thing thing, PropertyModel model, Value value, Instant now) {
        var attempt = thing.attempts.get(model.name());
        if (attempt == null || attempt.count() == 0 || !model.same(attempt.value(), value)) return;
        if (attempt.count() > 1) thing.forget(model.name(), now);
        else thing.attempts.remove(model.name());
        thing.dirty = true;
    }

    /// It was where it was wanted and left by itself.
    private void drift(Thing thing, PropertyModel model, Reported before, Value found, Instant now) {
        // What a code permitted may end at the device itself: most locks lock again by themselves.
        if (thing.permits.containsKey(model.name())) return;
        var wanted = convergence.target(thing, model.name()).orElse(null);
        if (wanted == null || !model.same(before.value(), wanted) || model.same(found, wanted)) return;
        if (thing.earlier(model.name(), now).stream().anyMatch(value -> model.same(value, found))) return;
        var cause = thing.spokeSinceStart && thing.awaySince == null ? "changed at the device" : "changed while it was away";
        thing.drift = JsonObject.of("property", model.name(), "wanted", wanted.json(), "found", found.json(), "time", Status.time(now), "cause", cause);
        thing.dirty = true;
        out.tell(Outbox.Subject.of(thing), false, "Drifted", "%s %s: found %s, wanted %s; set back".formatted(thing.key.name(), cause,
                Words.value(model, found), Words.value(model, wanted)));
    }

    private static void heard(Thing thing, Instant now) {
        boolean back = thing.awaySince != null || !thing.spokeSinceStart;
        thing.heard = now;
        thing.spokeSinceStart = true;
        if (thing.available.isEmpty() || !thing.available.get()) thing.awaySince = null;
        if (thing.available.isPresent() && !thing.available.get()) thing.available = Optional.empty();
        if (back) tryAgain(thing, now);
    }

    /// The device, or what stands in for it, says that it can or cannot be reached.
    void available(Thing thing, boolean online, Instant now) {
        thing.available = Optional.of(online);
        thing.awaySince = online ? null : now;
        if (online) tryAgain(thing, now);
    }

    private static void tryAgain(Thing thing, Instant now) {
        thing.attempts.replaceAll((_, attempt) -> attempt.committed() ? attempt.atOnce(now) : attempt);
    }
}
