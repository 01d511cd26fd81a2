package home.oikos.client;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.GroupVersionResource;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// The objects of a [FakeApi] and the history of their changes. Any thread may use it.
public final class FakeObjects {
    private final Clock clock;
    private final Map<Resource, TreeMap<ObjectKey, JsonObject>> objects = new HashMap<>();
    private final List<Change> history = new ArrayList<>();
    private final List<FakeWatch> watches = new ArrayList<>();
    private long version = 1;
    private long oldest = 1;

    record Change(Resource resource, long version, String type, JsonObject object) {
        byte[] line() {
            return (JsonObject.of("type", type, "object", object) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    FakeObjects(Clock clock) {
        this.clock = clock;
    }

    synchronized String version() {
        return Long.toString(version);
    }

    synchronized JsonObject get(Resource resource, ObjectKey key) {
        var found = of(resource).get(key);
        if (found == null) throw new ApiException(ApiStatus.notFound(named(resource), key.name()));
        return found;
    }

    public synchronized List<JsonObject> all(Resource resource, Predicate<Json> filter) {
        return of(resource).values().stream().filter(filter).toList();
    }

    synchronized JsonObject create(Resource resource, String namespace, JsonObject object) {
        var key = new ObjectKey(resource.namespaced() ? namespace : "", object.at("metadata", "name").text(""));
        if (of(resource).containsKey(key)) throw new ApiException(ApiStatus.alreadyExists(named(resource), key.name()));
        var made = object.withAt(UUID.randomUUID().toString(), "metadata", "uid").withAt(1, "metadata", "generation")
                .withAt(clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(), "metadata", "creationTimestamp");
        if (resource.namespaced()) made = made.withAt(namespace, "metadata", "namespace");
        if (resource.equals(Resources.PODS)) made = made.withAt("Pending", "status", "phase");
        if (resource.equals(Resources.NAMESPACES)) made = made.withAt(JsonArray.of("kubernetes"), "spec", "finalizers");
        return put(resource, key, made, "ADDED");
    }

    synchronized JsonObject change(FakeApi.Target target, UnaryOperator<JsonObject> change) {
        var before = get(target.resource(), target.key());
        var wanted = change.apply(before);
        var after = target.subresource().equals("status") ? before.with("status", wanted.at("status")) : wanted;
        if (after.withoutAt("metadata", "resourceVersion").equals(before.withoutAt("metadata", "resourceVersion"))) return before;
        if (!after.at("spec").equals(before.at("spec")) && !target.subresource().equals("status")) {
            after = after.withAt(before.at("metadata", "generation").integer(0) + 1, "metadata", "generation");
        }
        boolean held = !after.at("metadata", "finalizers").array().isEmpty() || !after.at("spec", "finalizers").array().isEmpty()
                || target.resource().equals(Resources.PODS) && after.at("metadata", "deletionGracePeriodSeconds").integer(0) > 0;
        if (after.at("metadata", "deletionTimestamp").isPresent() && !held) return remove(target.resource(), target.key(), after);
        return put(target.resource(), target.key(), after, "MODIFIED");
    }

    synchronized Json delete(Resource resource, ObjectKey key, Json options) {
        var before = get(resource, key);
        var uid = options.at("preconditions", "uid").text("");
        if (!uid.isEmpty() && !uid.equals(before.at("metadata", "uid").text(""))) {
            throw new ApiException(ApiStatus.conflict(named(resource), key.name(), "the UID in the precondition differs"));
        }
        var finalizers = before.at("metadata", "finalizers").array();
        var policy = options.at("propagationPolicy").text("");
        if (policy.equals("Foreground")) finalizers = finalizers.with(Json.of("foregroundDeletion"));
        if (policy.equals("Orphan")) finalizers = finalizers.with(Json.of("orphan"));
        int grace = graceSeconds(resource, before, options);
        boolean held = !finalizers.isEmpty() || grace > 0 || !before.at("spec", "finalizers").array().isEmpty();
        if (!held) return remove(resource, key, before);
        var marked = before.withAt(clock.instant().toString(), "metadata", "deletionTimestamp")
                .withAt(grace, "metadata", "deletionGracePeriodSeconds");
        if (!finalizers.isEmpty()) marked = marked.withAt(finalizers, "metadata", "finalizers");
        return put(resource, key, marked, "MODIFIED");
    }

    /// A bound pod is left to its kubelet, as in the real one.
    private static int graceSeconds(Resource resource, Json object, Json options) {
        boolean bound = resource.equals(Resources.PODS) && object.at("spec", "nodeName").isPresent();
        return bound ? options.at("gracePeriodSeconds").integer(30) : 0;
    }

    private JsonObject put(Resource resource, ObjectKey key, JsonObject object, String type) {
        var stored = object.withAt(Long.toString(++version), "metadata", "resourceVersion");
        of(resource).put(key, stored);
        publish(new Change(resource, version, type, stored));
        return stored;
    }

    private JsonObject remove(Resource resource, ObjectKey key, JsonObject last) {
        of(resource).remove(key);
        var gone = last.withAt(Long.toString(++version), "metadata", "resourceVersion");
        publish(new Change(resource, version, "DELETED", gone));
        return gone;
    }

    /// Blocks until that holds, looking again after each change.
    /// @return false when it did not within the time
    public synchronized boolean await(BooleanSupplier until, Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (!until.getAsBoolean()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) return false;
            wait(left);
        }
        return true;
    }

    private void publish(Change change) {
        notifyAll();
        history.add(change);
        watches.forEach(watch -> watch.offer(change));
    }

    synchronized InputStream watch(Resource resource, long from, Predicate<Json> filter) {
        var watch = new FakeWatch(resource, filter);
        if (from < oldest) {
            var gone = ApiStatus.failure(home.oikos.api.Reason.EXPIRED, "too old resource version");
            watch.offer(new Change(resource, version, "ERROR", gone.toJson()));
            return watch;
        }
        history.stream().filter(change -> change.version() > from).forEach(watch::offer);
        watches.add(watch);
        return watch;
    }

    /// Cuts every watch, as when the server goes away.
    public synchronized void cutWatches() {
        watches.forEach(FakeWatch::close);
        watches.clear();
    }

    /// Forgets the history: whoever comes back later gets 410.
    public synchronized void compact() {
        history.clear();
        oldest = version + 1;
    }

    private Map<ObjectKey, JsonObject> of(Resource resource) {
        return objects.computeIfAbsent(resource, _ -> new TreeMap<>());
    }

    private static GroupVersionResource named(Resource resource) {
        return new GroupVersionResource(resource.group(), resource.version(), resource.plural());
    }
}
