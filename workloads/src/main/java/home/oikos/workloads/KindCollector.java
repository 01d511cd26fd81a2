package home.oikos.workloads;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.DeleteOptions;
import home.oikos.client.DeleteOptions.Propagation;
import home.oikos.client.Informer;
import home.oikos.client.Patch;
import home.oikos.client.Resource;
import home.oikos.client.WatchEvent;
import home.oikos.controller.Controller;
import home.oikos.controller.ControllerGroup;
import home.oikos.controller.Finalizers;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Collects the garbage of one kind: deletes what lost its owners, and lets go what was deleted with its dependents in mind.
final class KindCollector implements Reconciler, Informer.Observer {
    private static final Duration GRAPH_WAIT = Duration.ofMillis(200);

    private final Resource resource;
    private final ApiClient client;
    private final OwnerGraph graph;
    private final OwnerKinds kinds;
    private final BooleanSupplier graphIsWhole;
    private final Informer<Kept> informer;
    private final Cache<Kept> cache;
    private final Controller controller;

    /// @param graphIsWhole whether every kind was read once: before that, an object may have dependents that nobody knows of
    KindCollector(ControllerGroup group, Resource resource, OwnerGraph graph, OwnerKinds kinds, BooleanSupplier graphIsWhole) {
        this.resource = resource;
        this.client = group.client().fieldManager("garbage-collector");
        this.graph = graph;
        this.kinds = kinds;
        this.graphIsWhole = graphIsWhole;
        this.informer = group.ownInformer(Informer.Scope.all(resource), Kept::of);
        this.cache = informer.cache();
        this.controller = group.ownController("garbage-collector " + resource.plural(), this);
        cache.onChange(this::changed);
        informer.observe(this);
    }

    void start(ControllerGroup group) {
        group.fork("watch " + resource.plural() + " for garbage", informer::run);
        group.fork(controller.name(), () -> controller.run(group.clock()));
    }

    void onComingAndGoing(Consumer<ObjectKey> listener) {
        cache.onChange((key, before, after) -> {
            if (before == null || after == null) listener.accept(key);
        });
    }

    boolean isSynced() {
        return cache.isSynced();
    }

    /// For when the kind is no longer served.
    void stop() {
        informer.close();
    }

    void enqueue(ObjectKey key) {
        controller.queue().add(key);
    }

    private void changed(ObjectKey key, Kept before, Kept after) {
        graph.changed(this, before, after);
        enqueue(key);
        if (before != null) graph.owners(before).forEach(OwnerGraph.Place::enqueue);
    }

    @Override
    public void happened(WatchEvent event) {
        if (event.type() != WatchEvent.Type.DELETED) return;
        graph.dependents(event.object().at("metadata", "uid").text("")).forEach(OwnerGraph.Place::enqueue);
    }

    @Override
    public void listed() {
        graph.all().forEach(OwnerGraph.Place::enqueue);
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = cache.get(key);
        if (found.isEmpty()) return Outcome.SETTLED;
        var object = found.get();
        if (object.orphaning() || object.foreground()) {
            if (!graphIsWhole.getAsBoolean()) return new Outcome.CheckAgain(GRAPH_WAIT);
            return object.orphaning() ? orphan(object) : deleteDependents(object);
        }
        return object.deleting() || object.owners().isEmpty() ? Outcome.SETTLED : judge(object);
    }

    private Outcome judge(Kept object) {
        var verdict = kinds.verdict(object);
        if (verdict.isEmpty()) return new Outcome.Retry("an owner is of a kind that is not served (yet)");
        var waiting = new ArrayList<>(verdict.get().gone());
        waiting.addAll(verdict.get().waiting());
        switch (verdict.get().sentence(!graph.dependents(object.uid()).isEmpty())) {
            case KEEP -> { }
            case FORGET_OWNERS -> forgetOwners(object, waiting.stream().map(Owner::uid).toList());
            case DELETE -> delete(object, Propagation.Background);
            case DELETE_FOREGROUND -> deleteForeground(object);
        }
        return Outcome.SETTLED;
    }

    private void delete(Kept object, Propagation how) {
        client.deleteIfPresent(resource, object.key(), DeleteOptions.of(how).uid(object.uid()));
    }

    /// Owners that wait for one another in a circle would wait for ever: where a dependent waits too, this object no longer blocks its
    /// owners.
    private void deleteForeground(Kept object) {
        boolean circle = graph.dependents(object.uid()).stream().anyMatch(dependent -> dependent.object().foreground());
        if (circle) changeOwners(object, owner -> owner.object().without("blockOwnerDeletion"), List.of());
        delete(object, Propagation.Foreground);
    }

    private Outcome deleteDependents(Kept owner) {
        var dependents = graph.dependents(owner.uid());
        dependents.stream().filter(dependent -> !dependent.object().deleting()).forEach(OwnerGraph.Place::enqueue);
        boolean blocked = dependents.stream().flatMap(dependent -> dependent.object().owners().stream())
                .anyMatch(reference -> reference.uid().equals(owner.uid()) && reference.blocking());
        if (!blocked) release(owner, Kept.FOREGROUND);
        return Outcome.SETTLED;
    }

    private Outcome orphan(Kept owner) {
        for (var dependent : graph.dependents(owner.uid())) dependent.collector().forgetOwners(dependent.object(), List.of(owner.uid()));
        release(owner, Kept.ORPHAN);
        return Outcome.SETTLED;
    }

    private void release(Kept object, String finalizer) {
        live(object).filter(live -> Finalizers.has(live, finalizer))
                .ifPresent(live -> client.patch(resource, object.key(), Finalizers.removing(live, finalizer)));
    }

    private void forgetOwners(Kept object, List<String> uids) {
        changeOwners(object, UnaryOperator.identity(), uids);
    }

    private void changeOwners(Kept object, UnaryOperator<Json> change, List<String> without) {
        var live = live(object);
        if (live.isEmpty()) return;
        var kept = live.get().at("metadata", "ownerReferences").array().stream()
                .filter(owner -> !without.contains(owner.at("uid").text(""))).map(change).toList();
        var metadata = JsonObject.of("uid", object.uid(), "resourceVersion", live.get().at("metadata", "resourceVersion"))
                .with("ownerReferences", kept.isEmpty() ? null : new JsonArray(kept));
        try {
            client.patch(resource, object.key(), Patch.merge("metadata", metadata));
        } catch (ApiException gone) {
            if (gone.code() != 404) throw gone;
        }
    }

    private Optional<Json> live(Kept object) {
        return client.find(resource, object.key()).filter(live -> live.at("metadata", "uid").text("").equals(object.uid()));
    }
}
