package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.GroupVersion;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.Reason;
import home.oikos.store.Event;
import home.oikos.store.Store;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Serves what CustomResourceDefinitions define: a CRD that comes or changes has its names decided, its conditions set and its kinds served; one that
/// goes has its objects deleted first. One thread works, [#awaitSettled] lets requests wait for it, so that a CRD's kinds are served when its POST has
/// been answered.
final class CustomKinds {
    static final String PREFIX = Resource.prefix("apiextensions.k8s.io", "customresourcedefinitions");

    private final Store store;
    private final Resources resources;
    private final Registry registry;
    private final Deleter deleter;
    private final Clock clock;
    private final Resource definitions;
    private final RuleCompiler compiler = new RuleCompiler();
    private final Map<String, CustomDefinition> served = new HashMap<>();
    /// The CRDs that wait for their last objects to go; read by the store's writer.
    private volatile Set<String> emptying = Set.of();

    CustomKinds(Store store, Resources resources, Registry registry, Deleter deleter, Clock clock) {
        this.store = store;
        this.resources = resources;
        this.registry = registry;
        this.deleter = deleter;
        this.clock = clock;
        var plain = resources.find(new GroupVersion("apiextensions.k8s.io", "v1"), "customresourcedefinitions").orElseThrow();
        this.definitions = Resource.of(plain.definition(), false, new CustomDefinitionRules(clock, compiler));
        resources.put(List.of(definitions));
    }

    /// The name of the CRD that an event makes it necessary to look at, or null.
    String concerns(Event event) {
        if (event.key().startsWith(PREFIX)) return Resource.name(event.key());
        if (emptying.isEmpty() || !event.isDelete()) return null;
        return emptying.stream().filter(name -> event.key().startsWith(prefix(name))).findFirst().orElse(null);
    }

    /// `NAME.GROUP` to `/registry/GROUP/NAME/`.
    private static String prefix(String name) {
        int dot = name.indexOf('.');
        return Resource.prefix(name.substring(dot + 1), name.substring(0, dot));
    }

    /// The CRDs whose names end so, each parsed once.
    private List<JsonObject> ending(String end) {
        var found = new ArrayList<JsonObject>();
        store.snapshot().range(PREFIX, PREFIX, entry -> !entry.key().endsWith(end) || found.add(ObjectBytes.tree(entry)));
        return found;
    }

    private static String nameOf(JsonObject crd) {
        return crd.at("metadata", "name").text("");
    }

    /// Brings what is served in line with every CRD there is.
    /// @return the names of those that are going, whom [#clear] must follow
    List<String> reconcileAll() throws IOException {
        return reconcileEach("").stream().filter(Metadata::isBeingDeleted).map(CustomKinds::nameOf).toList();
    }

    /// Brings what is served in line with one CRD as it is now.
    /// @return whether it is going, and [#clear] must follow
    boolean reconcile(String name) throws IOException {
        var group = ending(name.substring(name.indexOf('.')));
        for (var crd : group) {
            if (nameOf(crd).equals(name)) return Metadata.isBeingDeleted(reconciled(crd, group));
        }
        gone(name);
        return false;
    }

    private List<JsonObject> reconcileEach(String end) throws IOException {
        var all = ending(end);
        for (int i = 0; i < all.size(); i++) all.set(i, reconciled(all.get(i), all));
        return all;
    }

    /// @param all the others of its group among them, each as it was decided last
    private JsonObject reconciled(JsonObject crd, List<JsonObject> all) throws IOException {
        var decided = decided(crd, all);
        if (Condition.isTrue(decided, "Established")) serve(decided);
        return decided;
    }

    /// Deletes the objects of a CRD that is going. That may take long, and nobody need wait for it.
    void clear(String name) throws IOException {
        var crd = store.snapshot().get(PREFIX + name).map(ObjectBytes::tree).orElse(JsonObject.EMPTY);
        if (Metadata.isBeingDeleted(crd)) empty(crd);
    }

    /// Names it held may now be had by others.
    private void gone(String name) throws IOException {
        emptying = emptying.stream().filter(n -> !n.equals(name)).collect(Collectors.toUnmodifiableSet());
        var definition = served.remove(name);
        if (definition != null) resources.replace(definition.resources(), List.of());
        reconcileEach(name.substring(name.indexOf('.')));
    }

    private JsonObject decided(JsonObject crd, List<JsonObject> all) throws IOException {
        var group = crd.at("spec", "group");
        var others = all.stream().filter(o -> o.at("spec", "group").equals(group) && !nameOf(o).equals(nameOf(crd))).toList();
        var decided = CustomNames.decide(crd, others, clock.instant());
        if (decided.equals(crd)) return crd;
        writeStatus(decided);
        return decided;
    }

    private void writeStatus(JsonObject crd) throws IOException {
        change(nameOf(crd), "status", old -> old.with("status", crd.at("status")));
    }

    /// What has gone meanwhile needs no change.
    private void change(String name, String subresource, Registry.Change change) throws IOException {
        try {
            registry.update(WriteCall.system(definitions, "", name).through(subresource, WriteCall.system(definitions, "", name).options()), change);
        } catch (ApiException e) {
            if (!e.status().is(Reason.NOT_FOUND)) throw e;
        }
    }

    private void serve(JsonObject crd) {
        var before = served.get(nameOf(crd));
        if (before != null && before.isOf(crd)) return;
        var now = CustomDefinition.of(crd, store, compiler);
        resources.replace(before == null ? List.of() : before.resources(), now.resources());
        served.put(now.name(), now);
    }

    /// With the last of its objects goes its finalizer, and so the CRD.
    private void empty(JsonObject crd) throws IOException {
        var finalizers = crd.at("metadata", "finalizers").array();
        if (!finalizers.elements().contains(Json.of(CustomDefinitionRules.FINALIZER))) return;
        emptying = Stream.concat(emptying.stream(), Stream.of(nameOf(crd))).collect(Collectors.toUnmodifiableSet());
        writeStatus(new Condition("Terminating", "True", "InstanceDeletionInProgress", "CustomResource deletion is in progress").on(crd, clock.instant()));
        var definition = served.get(nameOf(crd));
        if (definition != null && !deleteObjects(definition)) return;
        var left = new JsonArray(finalizers.stream().filter(f -> !f.text("").equals(CustomDefinitionRules.FINALIZER)).toList());
        change(nameOf(crd), "", old -> old.withAt(left, "metadata", "finalizers"));
    }

    /// @return whether none is left
    private boolean deleteObjects(CustomDefinition definition) throws IOException {
        var resource = definition.resources().getFirst();
        var keys = keys(resource);
        for (var key : keys) {
            try {
                deleter.delete(WriteCall.system(resource, resource.namespace(key), Resource.name(key)), DeleteOptions.NONE);
            } catch (ApiException e) {
                if (!e.status().is(Reason.NOT_FOUND)) throw e;
            }
        }
        return keys(resource).isEmpty();
    }

    private List<String> keys(Resource resource) {
        var keys = new ArrayList<String>();
        store.snapshot().range(resource.prefix(), resource.prefix(), entry -> keys.add(entry.key()));
        return keys;
    }
}
