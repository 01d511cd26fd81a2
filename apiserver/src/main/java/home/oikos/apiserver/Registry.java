package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.FieldError;
import home.oikos.api.JsonObject;
import home.oikos.api.Reason;
import home.oikos.store.ConflictException;
import home.oikos.store.Durability;
import home.oikos.store.Entry;
import home.oikos.store.Put;
import home.oikos.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/// Creates and changes objects: the one generic path of every kind, from a decoded object to a committed entry. Free for any thread.
final class Registry {
    /// How often a change that names no version is worked out anew when another writer was faster. Upstream tries a patch five times.
    private static final int ATTEMPTS_MAX = 5;

    private final Store store;
    private final AdmissionChain admission;
    private final Metadata metadata;
    private final FieldOwners owners;

    Registry(Store store, AdmissionChain admission, Metadata metadata, FieldOwners owners) {
        this.store = store;
        this.admission = admission;
        this.metadata = metadata;
        this.owners = owners;
    }

    /// Makes the new version of an object from the one that is there. Called again when another writer was faster.
    @FunctionalInterface
    interface Change {
        /// @param old the object as served
        JsonObject apply(JsonObject old);
    }

    Optional<Entry> find(Resource resource, String namespace, String name) {
        return store.snapshot().get(resource.key(namespace, name));
    }

    /// @param sent the object as decoded and defaulted
    Written create(WriteCall write, JsonObject sent) throws IOException {
        return create(write, sent, o -> owners.created(write, o));
    }

    /// @param owned sets who owns the fields of the object that will be stored
    Written create(WriteCall write, JsonObject sent, UnaryOperator<JsonObject> owned) throws IOException {
        var resource = write.resource();
        if (!sent.at("metadata", "resourceVersion").text("").isEmpty()) {
            throw new ApiException(Reason.UNKNOWN, "resourceVersion should not be set on objects to be created");
        }
        // Who sends an object owns its defaults too, but not what admission adds.
        var begun = owned.apply(metadata.begun(resource.rules().defaulted(resource.rules().prepareCreate(sent)), write));
        var named = write.named(begun.at("metadata", "name").text(""));
        var admissible = named.admission(Operation.CREATE, null);
        var object = resource.rules().defaulted(admission.mutate(admissible, begun));
        check(resource, named.name(), errors(object, resource));
        write.warnings().addAll(MetadataRules.warnings(object, resource));
        admission.validate(admissible, object);
        return new Written(insert(named, object), true);
    }

    private static List<FieldError> errors(JsonObject object, Resource resource) {
        var errors = new ArrayList<>(MetadataRules.validate(object, resource));
        errors.addAll(resource.rules().validate(object));
        return errors;
    }

    private static void check(Resource resource, String name, List<FieldError> errors) {
        if (!errors.isEmpty()) throw new ApiException(ApiStatus.invalid(resource.stored(), name, errors));
    }

    private byte[] insert(WriteCall write, JsonObject object) throws IOException {
        var resource = write.resource();
        var key = resource.key(write.namespace(), write.name());
        var stored = resource.rules().stored(object, resource);
        if (write.options().dryRun()) {
            store.snapshot().get(key).ifPresent(found -> {
                throw exists(write, found);
            });
            return ObjectBytes.whole(stored, resource.stored(), "");
        }
        try {
            return put(write, key, stored, null, 0).value();
        } catch (ConflictException e) {
            throw exists(write, e.found().orElseThrow());
        }
    }

    private static ApiException exists(WriteCall write, Entry found) {
        var status = ApiStatus.alreadyExists(write.resource().definition().groupVersionResource(), write.name());
        if (!Metadata.isBeingDeleted(ObjectBytes.tree(found))) return new ApiException(status);
        return new ApiException(new ApiStatus(false, "object is being deleted: " + status.message(), status.reason(), status.code(),
                status.details()));
    }

    private Entry put(WriteCall write, String key, JsonObject stored, JsonObject old, long expected) throws IOException, ConflictException {
        return put(write, key, stored, old, expected, durability(write, stored, old));
    }

    /// A status says what is so: whoever writes it knows what of it can be seen again after a power cut. Nobody may ask so for what is wanted.
    private static Durability durability(WriteCall write, JsonObject stored, JsonObject old) {
        var usual = write.resource().rules().durability(stored, old, write.subresource());
        boolean relaxed = usual == Durability.DURABLE && write.options().relaxed() && write.subresource().equals("status");
        return relaxed ? Durability.RELAXED : usual;
    }

    Entry put(WriteCall write, String key, JsonObject stored, JsonObject old, long expected, Durability durability) throws IOException,
            ConflictException {
        var resource = write.resource();
        return store.put(new Put(key, resource.head(), ObjectBytes.tail(stored), expected, durability, Selectable.of(stored, resource)));
    }

    /// Changes an object that is there.
    /// @throws ApiException 404 when it is not
    Written update(WriteCall write, Change change) throws IOException {
        return update(write, change, (object, old) -> owners.updated(write, object, old));
    }

    /// Leaves the owners of fields as the change has set them.
    static final BinaryOperator<JsonObject> AS_IT_IS = (object, _) -> object;

    Written update(WriteCall write, Change change, BinaryOperator<JsonObject> owned) throws IOException {
        var entry = find(write.resource(), write.namespace(), write.name())
                .orElseThrow(() -> Reader.notFound(write.resource(), write.name()));
        for (int attempt = 1; ; attempt++) {
            var old = write.resource().rules().served(ObjectBytes.tree(entry), write.resource());
            var changed = change.apply(old);
            var expects = checkVersion(write, changed, entry);
            try {
                return commit(write, changed, old, entry, owned);
            } catch (ConflictException e) {
                if (expects || attempt == ATTEMPTS_MAX) throw modified(write);
                entry = e.found().orElseThrow(() -> Reader.notFound(write.resource(), write.name()));
            }
        }
    }

    static ApiException modified(WriteCall write) {
        return new ApiException(ApiStatus.modified(write.resource().definition().groupVersionResource(), write.name()));
    }

    /// @return whether the write names the version it changes
    private static boolean checkVersion(WriteCall write, JsonObject changed, Entry entry) {
        var text = changed.at("metadata", "resourceVersion").text("");
        long version = Revisions.parseOrInternalError(text);
        if (version != 0 && version != entry.revision()) throw modified(write);
        return version != 0 && !text.equals(FROM_STORE);
    }

    /// Stands for the version in an object that a patch was applied to, when the patch did not name one itself.
    static final String FROM_STORE = "0";

    private Written commit(WriteCall write, JsonObject sent, JsonObject old, Entry entry, BinaryOperator<JsonObject> owned)
            throws IOException, ConflictException {
        var resource = write.resource();
        var carried = Carried.over(resource.rules().prepare(write.subresource(), sent, old), old, resource);
        var admissible = write.admission(Operation.UPDATE, old);
        var begun = owned.apply(resource.rules().defaulted(carried), old);
        var object = resource.rules().defaulted(admission.mutate(admissible, begun));
        validateUpdate(write, object, old);
        admission.validate(admissible, object);
        // Where a pod runs is not what its owner wanted changed.
        var counted = write.subresource().equals("binding") ? object : Carried.generation(object, old, resource);
        if (same(counted, old)) return new Written(entry.value(), false);
        return new Written(replace(write, counted, old, entry), false);
    }

    private static void validateUpdate(WriteCall write, JsonObject object, JsonObject old) {
        var resource = write.resource();
        var twice = MetadataRules.validateUpdate(object, old);
        var errors = new ArrayList<>(twice);
        errors.addAll(twice);
        errors.addAll(MetadataRules.validate(object, resource));
        MetadataRules.ownersAgain(object, errors);
        errors.addAll(resource.rules().validateChanged(write.subresource(), object, old));
        check(resource, write.name(), errors);
    }

    private static boolean same(JsonObject object, JsonObject old) {
        return object.with("metadata", Metadata.of(object).without("resourceVersion"))
                .equals(old.with("metadata", Metadata.of(old).without("resourceVersion")));
    }

    /// An object that was only waiting for its finalizers goes with the last of them.
    private byte[] replace(WriteCall write, JsonObject object, JsonObject old, Entry entry) throws IOException, ConflictException {
        var resource = write.resource();
        var stored = resource.rules().stored(object, resource);
        var revision = Long.toString(entry.revision());
        var gone = Metadata.isBeingDeleted(object) && !Metadata.hasFinalizers(object)
                && object.at("metadata", "deletionGracePeriodSeconds").integer(0) == 0 && resource.rules().mayGo(object);
        if (write.options().dryRun()) return ObjectBytes.whole(stored, resource.stored(), revision);
        if (!gone) return put(write, entry.key(), stored, old, entry.revision()).value();
        store.delete(entry.key(), entry.revision(), resource.rules().durability(stored, old, write.subresource()));
        return ObjectBytes.whole(stored, resource.stored(), revision);
    }
}
