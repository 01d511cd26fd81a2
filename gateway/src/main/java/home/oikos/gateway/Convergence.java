package home.oikos.gateway;

import home.oikos.driver.Command;
import home.oikos.driver.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// Brings devices to what is wanted of them, one property at a time, as far as interlocks and protective times allow. Belongs to [House].
final class Convergence {
    private final Guard guard;
    private final Outbox out;

    Convergence(Guard guard, Outbox out) {
        this.guard = guard;
        this.out = out;
    }

    /// What a property should be: a driven safe value first, then what a code permits, then a hand-set one, then what control comes to,
    /// then the failsafe of a silent device.
    Optional<Value> target(Thing thing, String property) {
        var driven = guard.driven(thing.key, property);
        if (driven.isPresent()) return driven;
        var permit = thing.permits.get(property);
        if (permit != null) return Optional.of(permit.value());
        var desired = thing.spec.desired().get(property);
        return Optional.ofNullable(desired).or(() -> Optional.ofNullable(thing.controlled.get(property)))
                .or(() -> Optional.ofNullable(thing.fallback.get(property)));
    }

    /// @return whether something is on another part of its way now
    boolean converge(Thing thing, Instant now) {
        expirePermits(thing, now);
        boolean moved = false;
        for (var property : wantedProperties(thing)) {
            var sync = property(thing, property, now);
            moved |= !sync.equals(thing.syncs.put(property, sync));
        }
        thing.dirty |= moved;
        return moved;
    }

    /// A permit is over when its time is, or when the device has done as it says and gone back by itself.
    private static void expirePermits(Thing thing, Instant now) {
        thing.permits.entrySet().removeIf(entry -> {
            var permit = entry.getValue();
            boolean reached = thing.property(entry.getKey()).filter(model -> isReached(thing, model, permit.value())).isPresent();
            if (reached) entry.setValue(permit.asReached());
            return !permit.until().isAfter(now) || permit.reached() && !reached;
        });
    }

    private Set<String> wantedProperties(Thing thing) {
        var names = new LinkedHashSet<>(thing.spec.desired().keySet());
        names.addAll(thing.permits.keySet());
        names.addAll(thing.controlled.keySet());
        names.addAll(thing.fallback.keySet());
        if (thing.model != null) thing.model.properties().keySet().stream().filter(name -> guard.driven(thing.key, name).isPresent()).forEach(names::add);
        if (thing.syncs.keySet().retainAll(names)) thing.dirty = true;
        for (var stopped : Set.copyOf(thing.attempts.keySet())) if (!names.contains(stopped)) thing.forget(stopped, Instant.EPOCH);
        return names;
    }

    private Sync property(Thing thing, String name, Instant now) {
        var model = thing.property(name).orElse(null);
        if (model == null) return new Sync.Invalid(thing.model == null ? "it has no model" : "its model knows no " + name);
        var target = target(thing, name).orElseThrow();
        var refusal = model.writable() ? model.refusal(target) : Optional.of(name + " cannot be written");
        if (refusal.isPresent()) return new Sync.Invalid(refusal.get());
        boolean isDriven = guard.driven(thing.key, name).isPresent();
        var permit = isDriven ? null : thing.permits.get(name);
        if (!isDriven && permit == null && thing.model.commandFor(name, target).isPresent()) {
            return new Sync.Invalid("%s=%s needs a code".formatted(name, target));
        }
        if (isReached(thing, model, target)) return reached(thing, name, now);
        if (permit != null && permit.isDone()) return new Sync.Applying(1);
        return approach(thing, model, target, now);
    }

    private static boolean isReached(Thing thing, PropertyModel model, Value target) {
        var said = thing.reported.get(model.name());
        return said != null && model.same(said.value(), target);
    }

    /// A device that is where it is wanted needs nothing, unless an earlier command to be elsewhere may still reach it.
    private Sync reached(Thing thing, String name, Instant now) {
        var attempt = thing.attempts.get(name);
        if (attempt != null) thing.forget(name, now);
        return heldElsewhere(thing, name);
    }

    private Sync heldElsewhere(Thing thing, String name) {
        var wanted = Optional.ofNullable(thing.spec.desired().get(name)).orElse(thing.controlled.get(name));
        var holder = guard.holder(thing.key, name);
        if (wanted == null || holder.isEmpty() || wanted.equals(holder.get().safeValue(thing.key, name).orElse(wanted))) return Sync.IN_SYNC;
        return new Sync.Interlocked(holder.get().key().name(), holder.get().broken.orElse("it is latched until a person resets it"));
    }

    private Sync approach(Thing thing, PropertyModel model, Value target, Instant now) {
        var name = model.name();
        var attempt = thing.attempts.get(name);
        if (attempt != null && !attempt.value().equals(target)) {
            thing.forget(name, now);
            attempt = null;
        }
        boolean safe = guard.isSafe(thing.key, name, target);
        if (!safe) {
            var rest = protectedUntil(thing, model, target, now);
            if (rest.isPresent()) return waiting(thing, name, new Sync.Waiting(rest.get(), "it has to rest"), now);
            switch (guard.judge(thing.key, name, target, now)) {
                case Verdict.Passes _ -> { }
                case Verdict.Waits(var until, var why) -> {
                    return waiting(thing, name, new Sync.Waiting(until, why), now);
                }
                case Verdict.Refused(var interlock, var why) -> {
                    return waiting(thing, name, new Sync.Interlocked(interlock, why), now);
                }
            }
        }
        if (attempt == null) attempt = planned(thing, name, target, safe, now);
        return send(thing, name, attempt, now);
    }

    /// What may not leave yet is no attempt: nothing of it can arrive.
    private static Sync waiting(Thing thing, String name, Sync sync, Instant now) {
        thing.forget(name, now);
        return sync;
    }

    /// A safe value leaves at once; anything else that an interlock looks at leaves when status durably says that it will.
    private Attempt planned(Thing thing, String name, Value target, boolean safe, Instant now) {
        var attempt = Attempt.planned(target, safe || !guard.isGuarded(thing.key, name), now);
        thing.plan(name, attempt, now);
        return attempt;
    }

    private Sync send(Thing thing, String name, Attempt attempt, Instant now) {
        if (!attempt.committed() || now.isBefore(attempt.next())) return new Sync.Applying(attempt.count());
        if (thing.available.isPresent() && !thing.available.get() && attempt.count() > 0) return new Sync.Unreachable("the device is away");
        var why = out.send(thing.spec.protocol(), new Command(thing.key, name, attempt.value()));
        var sent = attempt.sent(now);
        thing.attempts.put(name, sent);
        if (why.isEmpty() && isForCode(thing, name, attempt)) leftForCode(thing, name, now);
        return why.isEmpty() ? new Sync.Applying(sent.count()) : new Sync.Unreachable(why);
    }

    private static boolean isForCode(Thing thing, String name, Attempt attempt) {
        var permit = thing.permits.get(name);
        return permit != null && !permit.isDone() && permit.value().equals(attempt.value());
    }

    /// What has left for a code does not leave again: it may still arrive. What could not leave is tried until the permit is over.
    private static void leftForCode(Thing thing, String name, Instant now) {
        thing.permits.computeIfPresent(name, (_, permit) -> permit.asSent());
        thing.forget(name, now);
    }

    /// Until when a compressor rests or a pump runs on.
    private static Optional<Instant> protectedUntil(Thing thing, PropertyModel model, Value target, Instant now) {
        if (!(target instanceof Value.Bool(var on))) return Optional.empty();
        var least = on ? model.minimumOff() : model.minimumOn();
        if (least.equals(Duration.ZERO)) return Optional.empty();
        var since = lastOpposite(thing, model.name(), on, now);
        var until = since.plus(least);
        return until.isAfter(now) ? Optional.of(until) : Optional.empty();
    }

    /// The last instant at which the opposite of the target may have begun.
    private static Instant lastOpposite(Thing thing, String name, boolean on, Instant now) {
        var said = thing.reported.get(name);
        if (said == null) return thing.heard == null ? now : thing.heard;
        return said.value().equals(new Value.Bool(on)) ? Instant.EPOCH : said.changed();
    }
}
