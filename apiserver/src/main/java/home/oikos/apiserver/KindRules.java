package home.oikos.apiserver;

import home.oikos.api.Decoded;
import home.oikos.api.FieldError;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectDecoder;
import home.oikos.api.ObjectSchema;
import home.oikos.api.ResourceDefinition;
import home.oikos.api.SchemaDefaults;
import home.oikos.api.TableRows;
import home.oikos.store.Durability;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// What a schema cannot say of a kind: small functions, registered by type in [BuiltInRules]. Every method has the answer of a plain kind,
/// so a kind overrides only what is special. Stateless; called on the threads of requests.
public interface KindRules {
    KindRules PLAIN = new KindRules() { };

    /// Whether `metadata.generation` counts changes of the spec.
    default boolean hasGeneration() {
        return false;
    }

    /// What of an object generation counts the changes of: everything but metadata and status.
    default JsonObject desired(JsonObject object) {
        return object.without("metadata").without("status").without("kind").without("apiVersion");
    }

    /// Whether a PUT to a name that is not there creates the object.
    default boolean createsOnUpdate() {
        return false;
    }

    /// Whether a PUT without a resourceVersion overwrites whatever is there.
    default boolean updatesUnconditionally() {
        return true;
    }

    /// Whether a finalizer must have a domain before its name, or else be one of the standard ones.
    default boolean qualifiesFinalizers() {
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

    /// All that is wrong with an object after a change.
    default List<FieldError> validateChanged(JsonObject object, JsonObject old) {
        var errors = new ArrayList<>(validate(object));
        errors.addAll(validateUpdate(object, old));
        return errors;
    }

    /// All that is wrong with an object after a change through a subresource; its own rules have already kept it to what it may change.
    default List<FieldError> validateChanged(String subresource, JsonObject object, JsonObject old) {
        return validateChanged(object, old);
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

    /// The cells of an object's row in a Table.
    default JsonArray cells(ResourceDefinition definition, JsonObject object, Instant now) {
        return TableRows.cells(definition, object, now);
    }

    /// Whether every stored object is served byte for byte as it lies there, by the resource that it was stored through.
    default boolean servedAsStored() {
        return true;
    }

    /// Reads a body: checks types, drops what the schema does not know, and sets its defaults.
    /// @param duplicates the paths of members that stand twice
    /// @throws home.oikos.api.DecodeException when a type is wrong
    default Decoded decoded(JsonObject sent, ObjectSchema schema, Collection<String> duplicates) {
        var decoded = ObjectDecoder.decode(sent, schema, duplicates);
        return new Decoded(SchemaDefaults.apply(decoded.object(), schema), decoded.strict());
    }

    /// @param old null on create
    default Durability durability(JsonObject object, JsonObject old, String subresource) {
        return Durability.DURABLE;
    }
}
