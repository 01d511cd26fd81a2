package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.JsonObject;
import home.oikos.store.Durability;
import java.util.List;

/// What a schema cannot say of a kind: small functions, registered by type in [BuiltInRules]. Every method has the answer of a plain kind, so a
/// kind overrides only what is special. Stateless; called on the threads of requests.
public interface KindRules {
    KindRules PLAIN = new KindRules() { };

    /// Whether `metadata.generation` counts changes of the spec.
    default boolean hasGeneration() {
        return false;
    }

    /// Whether a PUT to a name that is not there creates the object.
    default boolean createsOnUpdate() {
        return false;
    }

    /// Whether a PUT without a resourceVersion overwrites whatever is there.
    default boolean updatesUnconditionally() {
        return true;
    }

    /// Completes an object after the schema's defaults, on every write.
    default JsonObject defaulted(JsonObject object) {
        return object;
    }

    /// Takes from a new object what its creator may not decide: its status.
    default JsonObject prepareCreate(JsonObject object) {
        return object;
    }

    /// Takes from a changed object what this write may not change: its status.
    default JsonObject prepareUpdate(JsonObject object, JsonObject old) {
        return object;
    }

    /// Where `/scale` finds what it shows, for kinds that have it.
    default ScalePaths scale() {
        return ScalePaths.WORKLOAD;
    }

    /// What a write of `/status` makes of an object: its status, and metadata.
    default JsonObject prepareStatus(JsonObject object, JsonObject old) {
        var kept = old.with("metadata", object.at("metadata"));
        return object.has("status") ? kept.with("status", object.at("status")) : kept.without("status");
    }

    /// What a write through a subresource makes of an object.
    default JsonObject prepare(String subresource, JsonObject object, JsonObject old) {
        return switch (subresource) {
            case "" -> prepareUpdate(object, old);
            case "status" -> prepareStatus(object, old);
            default -> object;
        };
    }

    default List<FieldError> validate(JsonObject object) {
        return List.of();
    }

    default List<FieldError> validateUpdate(JsonObject object, JsonObject old) {
        return List.of();
    }

    /// What is wrong with a name, or null.
    default String nameError(String name) {
        return NameSyntax.subdomainError(name);
    }

    default String selectableValue(JsonObject object, String path) {
        return Selectable.value(object, path);
    }

    /// How long a deleted object stays so that what it stands for can stop; 0 for kinds that stand for nothing running.
    /// @param asked what the client wishes, when it wishes
    default long gracePeriodSeconds(JsonObject object, java.util.OptionalLong asked) {
        return 0;
    }

    /// An object at the moment it is marked for deletion.
    default JsonObject deleting(JsonObject object) {
        return object;
    }

    /// Whether DELETE answers with the object itself where others answer a Status.
    default boolean showsDeleted() {
        return false;
    }

    /// Whether an object that is being deleted and has no finalizers left may go; a namespace waits for its spec.finalizers too.
    default boolean mayGo(JsonObject object) {
        return true;
    }

    /// A stored object as a resource serves it, where the two differ in version.
    default JsonObject served(JsonObject stored, Resource resource) {
        return stored;
    }

    /// An object as sent to a resource, as it is stored.
    default JsonObject stored(JsonObject sent, Resource resource) {
        return sent;
    }

    /// A bookmark's object, with the members that the kind's own encoder never leaves out.
    default JsonObject bookmark(JsonObject bare) {
        return bare;
    }

    /// @param old null on create
    default Durability durability(JsonObject object, JsonObject old, String subresource) {
        return Durability.DURABLE;
    }
}
