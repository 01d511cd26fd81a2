package home.oikos.gateway;

import home.oikos.api.JsonArray;
import home.oikos.api.ObjectKey;
import home.oikos.cel.CelContext;
import home.oikos.cel.CelException;
import home.oikos.cel.CelProgram;
import home.oikos.cel.References;
import home.oikos.driver.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// One interlock with its state. Belongs to [House] and its thread.
final class Interlock {
    InterlockSpec spec;
    /// Empty when the expression does not compile: then nothing it would guard may be commanded, and `error` says why.
    final Optional<CelProgram> program;
    final String error;
    /// Why it is broken; empty while it holds.
    Optional<String> broken = Optional.empty();
    Instant brokenSince;
    Instant latchedSince;
    /// Whether the values themselves broke it when it was last looked at.
    boolean violated;
    /// The reset that stood already when it latched. It releases nothing, whatever the clocks say: a machine that lost its clock latches years before it.
    Optional<Instant> earlierReset;
    JsonArray conditions;
    boolean dirty = true;
    /// Read out of the expression once: every reading of every device asks for them.
    private List<World.Property> properties;

    Interlock(InterlockSpec spec, Optional<CelProgram> program, String error) {
        this.spec = spec;
        this.program = program;
        this.error = error;
        conditions = spec.restored().at("conditions").array();
        brokenSince = Status.instant(spec.restored().at("brokenTime")).orElse(null);
        latchedSince = Status.instant(spec.restored().at("latchedTime")).orElse(null);
        earlierReset = Status.instant(spec.restored().at("earlierResetTime"));
    }

    /// It is the same interlock in other words: what was going on goes on.
    void carryOn(Interlock before) {
        conditions = before.conditions;
        brokenSince = before.brokenSince;
        latchedSince = before.latchedSince;
        earlierReset = before.earlierReset;
        broken = before.broken;
        violated = before.violated;
    }

    /// What is kept of a time that lies ahead is of a clock that was wrong.
    void believe(Instant now) {
        if (brokenSince != null && brokenSince.isAfter(now)) brokenSince = now;
        if (latchedSince != null && latchedSince.isAfter(now)) latchedSince = now;
    }

    /// A reset that does not count when it comes never does, whatever the clocks say later.
    void considerReset() {
        if (latchedSince == null || isReset()) return;
        earlierReset = spec.reset();
        dirty = true;
    }

    void moveClock(Duration by) {
        if (brokenSince != null) brokenSince = brokenSince.plus(by);
        if (latchedSince != null) latchedSince = latchedSince.plus(by);
    }

    ObjectKey key() {
        return spec.key();
    }

    /// Whether safe values are driven: it is broken, or was and waits for a person.
    boolean isActive() {
        return broken.isPresent() || latchedSince != null;
    }

    void latch(Instant now) {
        latchedSince = now;
        earlierReset = spec.reset();
        dirty = true;
    }

    /// Whether a person has reset it since it latched.
    boolean isReset() {
        return spec.reset().filter(at -> hasNewReset() && !at.isBefore(latchedSince.truncatedTo(ChronoUnit.SECONDS))).isPresent();
    }

    /// Whether a reset stands that did not when it latched.
    boolean hasNewReset() {
        return spec.reset().isPresent() && !spec.reset().equals(earlierReset);
    }

    /// Whether its expression reads this property.
    boolean reads(ObjectKey device, String property) {
        if (program.isEmpty()) return guards(device, property);
        return !program.get().references().complete() || properties().contains(new World.Property(device, property));
    }

    /// Whether its expression reads anything of this device.
    boolean readsAny(ObjectKey device) {
        return program.isEmpty() || !program.get().references().complete() || properties().stream().anyMatch(read -> read.device().equals(device));
    }

    /// Whether it drives this property when broken.
    boolean guards(ObjectKey device, String property) {
        return safeValue(device, property).isPresent();
    }

    Optional<Value> safeValue(ObjectKey device, String property) {
        return spec.safeValues().stream().filter(safe -> safe.device().equals(device) && safe.property().equals(property))
                .map(InterlockSpec.SafeValue::value).findFirst();
    }

    /// The properties its expression reads.
    List<World.Property> properties() {
        if (properties == null) properties = program.map(CelProgram::references).map(this::named).orElse(List.of());
        return properties;
    }

    private List<World.Property> named(References references) {
        return references.devices().stream().map(read -> new World.Property(Names.device(spec.key().namespace(), read.device()), read.property()))
                .distinct().toList();
    }

    /// Why it is broken in a world; empty when it holds there. An error counts as broken.
    Optional<String> broken(CelContext world) {
        if (program.isEmpty()) return Optional.of("its expression does not compile: " + error);
        try {
            return program.get().test(world) == spec.never() ? Optional.of(reason()) : Optional.empty();
        } catch (CelException unknown) {
            return Optional.of(unknown.getMessage());
        }
    }

    /// Whether the values themselves break it. That a value is missing breaks it for as long as it is missing, and latches nothing.
    boolean isViolated(CelContext world) {
        try {
            return program.isPresent() && program.get().test(world) == spec.never();
        } catch (CelException unknown) {
            return false;
        }
    }

    private String reason() {
        if (!spec.description().isEmpty()) return spec.description();
        return (spec.never() ? "never " : "always ") + spec.expression();
    }
}
