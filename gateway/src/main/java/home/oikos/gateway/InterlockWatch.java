package home.oikos.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// Notices when an interlock breaks, holds again or is let go. Belongs to [House] and its thread.
final class InterlockWatch {
    /// How long after a start a device without an expected period has to say something before its silence breaks an interlock.
    static final Duration START_GRACE = Duration.ofSeconds(60);

    private final World world;
    private final Outbox out;
    private Instant started;

    InterlockWatch(World world, Outbox out, Instant started) {
        this.world = world;
        this.out = out;
        this.started = started;
    }

    void moveClock(Duration by) {
        started = started.plus(by);
    }

    /// Looks at the world as reported.
    /// @return whether what it drives has to be looked at
    boolean evaluate(Interlock interlock, Instant now) {
        var seen = world.reported(interlock.key().namespace(), Map.of(), now);
        var broken = interlock.broken(seen);
        if (broken.isPresent() && isTooEarly(interlock, now)) broken = broken.filter(_ -> false);
        boolean was = interlock.broken.isPresent();
        if (!broken.equals(interlock.broken)) interlock.dirty = true;
        interlock.broken = broken;
        if (broken.isPresent() && !was) breaks(interlock, broken.get(), now);
        if (broken.isEmpty() && was) holdsAgain(interlock);
        if (interlock.spec.latched()) latch(interlock, broken.isPresent() && interlock.isViolated(seen), now);
        release(interlock);
        return interlock.isActive() || was;
    }

    /// What breaks it anew after a person has reset it latches anew, also where the reset has not released it yet, and where by the clock of now it lies
    /// before the latch: the next clock may say otherwise.
    private static void latch(Interlock interlock, boolean violated, Instant now) {
        boolean isNews = interlock.latchedSince == null || !interlock.violated && interlock.hasNewReset();
        interlock.violated = violated;
        if (violated && isNews) interlock.latch(now);
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
        out.tell(Outbox.Subject.of(interlock), true, "Broken", "%s is broken: %s".formatted(interlock.key().name(), why));
    }

    private void holdsAgain(Interlock interlock) {
        interlock.brokenSince = null;
        out.tell(Outbox.Subject.of(interlock), false, "Holds", interlock.key().name() + " holds again"
                + (interlock.latchedSince == null ? "" : "; latched until a person resets it"));
    }

    private static void release(Interlock interlock) {
        if (interlock.latchedSince == null || interlock.broken.isPresent() || !interlock.isReset()) return;
        interlock.latchedSince = null;
        interlock.dirty = true;
    }
}
