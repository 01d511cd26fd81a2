package home.oikos.apiserver;

import home.oikos.api.FieldOwner;
import home.oikos.api.FieldSet;
import home.oikos.api.JsonObject;
import home.oikos.api.ServerSideApply;
import home.oikos.api.Zeros;
import java.time.Clock;

/// Keeps `metadata.managedFields`: who last set which field.
final class FieldOwners {
    private final Clock clock;

    FieldOwners(Clock clock) {
        this.clock = clock;
    }

    JsonObject created(WriteCall write, JsonObject object) {
        return fields(write).update(Zeros.object(write.resource().definition().schema()), object, manager(write, false), clock.instant());
    }

    JsonObject updated(WriteCall write, JsonObject object, JsonObject old) {
        return fields(write).update(old, object, manager(write, false), clock.instant());
    }

    /// @param old null when the apply creates the object
    JsonObject applied(WriteCall write, JsonObject configuration, JsonObject old) {
        var live = old == null ? Zeros.object(write.resource().definition().schema()) : old;
        return fields(write).apply(live, configuration, manager(write, true), write.options().force(), clock.instant()).object();
    }

    private static FieldOwner manager(WriteCall write, boolean apply) {
        return new FieldOwner(write.options().fieldManager(), apply, write.resource().kind().apiVersion(), write.subresource());
    }

    /// A write owns nothing that its path cannot change.
    private static ServerSideApply fields(WriteCall write) {
        var definition = write.resource().definition();
        var hasStatus = definition.subresource("status").isPresent();
        var ignored = write.subresource().equals("status") ? FieldSet.of("spec") : hasStatus ? FieldSet.of("status") : FieldSet.of();
        return new ServerSideApply(definition.schema(), ignored);
    }
}
