package home.oikos.gateway;

import home.oikos.gateway.World.Property;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/// Who reads what: from it follows how soon a number is told and what of a status has to be durable. Belongs to [House] and its thread.
final class Readers {
    /// A number that an interlock, a reaction or a scaler reads is told this often: once a second is soon enough for a rule and
    /// bounds what a noisy sensor writes.
    static final Duration WATCHED_PERIOD = Duration.ofSeconds(1);

    private final Guard guard;
    private Set<Property> watched = Set.of();

    Readers(Guard guard) {
        this.guard = guard;
    }

    /// What reactions and scalers read.
    void watch(Set<Property> properties) {
        watched = Set.copyOf(properties);
    }

    boolean isRead(Thing thing, String property) {
        return watched.contains(new Property(thing.key, property))
                || guard.interlocks.values().stream().anyMatch(interlock -> interlock.reads(thing.key, property));
    }

    Duration period(Thing thing, PropertyModel model) {
        return isRead(thing, model.name()) && WATCHED_PERIOD.compareTo(model.statusPeriod()) < 0 ? WATCHED_PERIOD : model.statusPeriod();
    }

    Expendable expendable(Thing thing) {
        if (thing.model == null) return Expendable.NOTHING;
        return new Expendable(thing.model.properties().values().stream().filter(model -> model.type() == PropertyModel.Type.Number)
                .map(PropertyModel::name).filter(name -> !isRead(thing, name)).collect(Collectors.toSet()));
    }
}
