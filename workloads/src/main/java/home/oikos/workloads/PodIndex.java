package home.oikos.workloads;

import home.oikos.api.ObjectKey;
import home.oikos.client.Cache;
import java.util.ArrayList;
import java.util.List;

/// The pods, found by who controls them and by namespace.
final class PodIndex {
    private static final String ORPHANS_OF = "orphans of ";

    private final Cache<Pod> cache;
    private final Cache.Index<Pod> byController;
    private final Cache.Index<Pod> byNamespace;

    PodIndex(Cache<Pod> cache) {
        this.cache = cache;
        this.byController = cache.index(pod -> List.of(pod.metadata().controller().map(Owner::uid)
                .orElse(ORPHANS_OF + pod.metadata().key().namespace())));
        this.byNamespace = cache.index(pod -> List.of(pod.metadata().key().namespace()));
    }

    Cache<Pod> cache() {
        return cache;
    }

    /// The pods an owner has, and the orphans of its namespace that it may adopt.
    List<Pod> candidates(Metadata owner) {
        var candidates = new ArrayList<>(byController.get(owner.uid()));
        candidates.addAll(byController.get(ORPHANS_OF + owner.key().namespace()));
        return candidates;
    }

    List<Pod> ownedBy(String uid) {
        return byController.get(uid);
    }

    List<Pod> in(String namespace) {
        return byNamespace.get(namespace);
    }

    /// The owner's key if a pod is controlled by that kind; for feeding a queue.
    static List<ObjectKey> controllerKey(Metadata object, String kind) {
        return object.controller().filter(owner -> owner.kind().equals(kind))
                .map(owner -> List.of(new ObjectKey(object.key().namespace(), owner.name()))).orElse(List.of());
    }
}
