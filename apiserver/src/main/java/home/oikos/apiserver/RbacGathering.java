package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.GroupVersion;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.store.Event;
import home.oikos.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/// Writes into ClusterRoles with an aggregation rule what they consist of, whenever a ClusterRole has changed. It belongs to the API
/// server and not to
/// the controllers, because without it the default roles would stop to mean what they say.
final class RbacGathering implements AutoCloseable {
    private static final String PREFIX = "/registry/rbac.authorization.k8s.io/clusterroles/";
    private static final System.Logger LOG = System.getLogger(RbacGathering.class.getName());

    private final Store store;
    private final Registry registry;
    private final Resource resource;
    /// A permit: something has changed since the last look.
    private final Semaphore changed = new Semaphore(1);
    private final AutoCloseable listening;
    private final Thread thread;

    private RbacGathering(Store store, Registry registry, Resource resource) {
        this.store = store;
        this.registry = registry;
        this.resource = resource;
        listening = store.listen(this::heard);
        thread = Thread.ofVirtual().name("rbac-gathering").start(this::loop);
    }

    static RbacGathering start(Store store, Registry registry, Resources resources) {
        return new RbacGathering(store, registry, resources.find(new GroupVersion("rbac.authorization.k8s.io", "v1"), "clusterroles")
                .orElseThrow());
    }

    private void heard(List<Event> events) {
        if (events.stream().anyMatch(event -> event.key().startsWith(PREFIX)) && changed.availablePermits() == 0) changed.release();
    }

    private void loop() {
        try {
            while (true) {
                changed.acquire();
                changed.drainPermits();
                runOnce();
            }
        } catch (InterruptedException closed) {
            // Closing is the only one who interrupts.
        }
    }

    /// Brings every gathering role up to date. A role that gathers from one just written is brought up to date by the event of that write.
    void runOnce() {
        var roles = new ArrayList<JsonObject>();
        store.snapshot().range(PREFIX, PREFIX, entry -> roles.add(ObjectBytes.tree(entry)));
        for (var role : roles) {
            if (RbacAggregation.isGathering(role)) write(role, RbacAggregation.rules(role, roles));
        }
    }

    private void write(JsonObject role, Json rules) {
        if (role.at("rules").array().equals(rules)) return;
        var name = role.at("metadata", "name").text("");
        try {
            registry.update(WriteCall.system(resource, "", name), old -> old.with("rules", rules));
        } catch (ApiException | IOException e) {
            // Deleted or changed meanwhile: that event brings us here again. A disk that refuses is told by everyone.
            LOG.log(System.Logger.Level.DEBUG, "could not gather the rules of " + name, e);
        }
    }

    @Override
    public void close() throws Exception {
        listening.close();
        thread.interrupt();
        thread.join();
    }
}
