package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.store.ConflictException;
import home.oikos.store.Durability;
import home.oikos.store.Entry;
import home.oikos.store.Store;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/// Deletes objects: at once, or by marking them until their grace is over and their finalizers have gone. Free for any thread.
final class Deleter {
    private final Store store;
    private final Registry registry;
    private final AdmissionChain admission;
    private final Metadata metadata;

    Deleter(Store store, Registry registry, AdmissionChain admission, Metadata metadata) {
        this.store = store;
        this.registry = registry;
        this.admission = admission;
        this.metadata = metadata;
    }

    /// @param object as it is now, stored form, marked or last seen
    /// @param gone whether it is no longer there
    record Outcome(byte[] stored, JsonObject object, boolean gone) { }

    Outcome delete(WriteCall write, DeleteOptions options) throws IOException {
        var entry = registry.find(write.resource(), write.namespace(), write.name())
                .orElseThrow(() -> Reader.notFound(write.resource(), write.name()));
        while (true) {
            var old = ObjectBytes.tree(entry);
            checkPreconditions(write, options, old, entry);
            var admissible = write.admission(Operation.DELETE, old);
            admission.mutate(admissible, old);
            admission.validate(admissible, old);
            try {
                return attempt(write, options, old, entry);
            } catch (ConflictException e) {
                entry = e.found().orElseThrow(() -> Reader.notFound(write.resource(), write.name()));
            }
        }
    }

    private static void checkPreconditions(WriteCall write, DeleteOptions options, JsonObject old, Entry entry) {
        check(write, "UID", options.uid(), old.at("metadata", "uid").text(""));
        check(write, "ResourceVersion", options.resourceVersion(), Long.toString(entry.revision()));
    }

    /// Upstream names the kind here where other errors name the resource.
    private static void check(WriteCall write, String what, Optional<String> wanted, String found) {
        if (wanted.isEmpty() || wanted.get().equals(found)) return;
        var kind = write.resource().kind();
        throw new ApiException(ApiStatus.conflict(kind.groupVersion().resource(kind.kind()), write.name(),
                "Precondition failed: %s in precondition: %s, %s in object meta: %s".formatted(what, wanted.get(), what, found)));
    }

    private Outcome attempt(WriteCall write, DeleteOptions options, JsonObject old, Entry entry) throws IOException, ConflictException {
        var finalized = finalizers(old, options.propagation());
        var grace = write.resource().rules().gracePeriodSeconds(old, options.gracePeriodSeconds());
        var marked = Metadata.isBeingDeleted(old) ? shortened(finalized, grace) : write.resource().rules()
                .deleting(marked(finalized, grace));
        var waits = Metadata.hasFinalizers(marked) || marked.at("metadata", "deletionGracePeriodSeconds").integer(0) > 0
                || !write.resource().rules().mayGo(marked);
        if (waits) return mark(write, options, marked, old, entry);
        if (!options.dryRun()) store.delete(entry.key(), entry.revision(), write.resource().rules().durability(old, old, ""));
        return new Outcome(ObjectBytes.whole(marked, write.resource().stored(), Long.toString(entry.revision())), marked, true);
    }

    private Outcome mark(WriteCall write, DeleteOptions options, JsonObject marked, JsonObject old, Entry entry) throws IOException,
            ConflictException {
        if (marked.equals(old)) return new Outcome(entry.value(), old, false);
        if (options.dryRun()) return new Outcome(ObjectBytes.whole(marked, write.resource().stored(), Long.toString(entry.revision())),
                marked, false);
        return new Outcome(registry.put(write, entry.key(), marked, old, entry.revision(), Durability.DURABLE).value(), marked, false);
    }

    private JsonObject marked(JsonObject object, long grace) {
        var until = metadata.now().plusSeconds(grace);
        var marked = Metadata.of(object).with("deletionTimestamp", until.toString()).with("deletionGracePeriodSeconds", grace);
        long generation = marked.at("generation").integer(0L);
        if (generation > 0) marked = marked.with("generation", generation + 1);
        return object.with("metadata", Metadata.ordered(new java.util.LinkedHashMap<>(marked.members())));
    }

    /// A second deletion can only shorten the grace that the first has given.
    private static JsonObject shortened(JsonObject object, long grace) {
        long given = object.at("metadata", "deletionGracePeriodSeconds").integer(0L);
        if (grace >= given) return object;
        var until = Instant.parse(object.at("metadata", "deletionTimestamp").text("")).minusSeconds(given - grace);
        return object.withAt(until.toString(), "metadata", "deletionTimestamp").withAt(grace, "metadata", "deletionGracePeriodSeconds");
    }

    /// The propagation policy lives on as a finalizer that the garbage collector removes.
    private static JsonObject finalizers(JsonObject object, String propagation) {
        if (propagation.isEmpty()) return object;
        var kept = new ArrayList<Json>();
        for (var finalizer : object.at("metadata", "finalizers").array()) {
            if (!finalizer.text("").equals("orphan") && !finalizer.text("").equals("foregroundDeletion")) kept.add(finalizer);
        }
        if (propagation.equals("Foreground")) kept.add(Json.of("foregroundDeletion"));
        if (propagation.equals("Orphan")) kept.add(Json.of("orphan"));
        if (kept.isEmpty()) return object.withoutAt("metadata", "finalizers");
        return object.withAt(new JsonArray(kept), "metadata", "finalizers");
    }
}
