package home.oikos.workloads;

import home.oikos.api.ObjectKey;
import home.oikos.client.Discovery;
import home.oikos.client.Resource;
import home.oikos.controller.ControllerGroup;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Runs a [KindCollector] for every kind that is served, and follows custom kinds as they come and go. Its key is always [#KINDS].
final class GarbageCollector implements Reconciler {
    static final ObjectKey KINDS = ObjectKey.clusterScoped("kinds");
    /// Events name an object but do not own or depend, and are many.
    private static final Set<String> NOT_WATCHED = Set.of("events");
    private static final Set<String> VERBS = Set.of("list", "watch", "delete", "patch");

    private final ControllerGroup group;
    private final Consumer<ObjectKey> listener;
    private final OwnerGraph graph = new OwnerGraph();
    private final OwnerKinds kinds;
    private final Map<Resource, KindCollector> collectors = new ConcurrentHashMap<>();

    /// @param listener hears of every object that comes or goes, for others who count
    GarbageCollector(ControllerGroup group, Consumer<ObjectKey> listener) {
        this.group = group;
        this.listener = listener;
        this.kinds = new OwnerKinds(group.client());
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var served = new HashSet<Resource>();
        for (var each : Discovery.preferred(group.client())) {
            if (each.verbs().containsAll(VERBS) && !NOT_WATCHED.contains(each.resource().plural())) served.add(each.resource());
        }
        kinds.served(served);
        for (var resource : served) if (!collectors.containsKey(resource)) start(resource);
        collectors.entrySet().removeIf(collector -> {
            boolean gone = !served.contains(collector.getKey());
            if (gone) collector.getValue().stop();
            return gone;
        });
        return Outcome.SETTLED;
    }

    private boolean isGraphWhole() {
        return collectors.values().stream().allMatch(KindCollector::isSynced);
    }

    private void start(Resource resource) {
        var collector = new KindCollector(group, resource, graph, kinds, this::isGraphWhole);
        collector.onComingAndGoing(listener);
        collectors.put(resource, collector);
        collector.start(group);
    }
}
