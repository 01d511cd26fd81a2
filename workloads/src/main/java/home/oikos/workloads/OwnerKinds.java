package home.oikos.workloads;

import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Looks owners up at the server: only what it says now may cost an object its life.
final class OwnerKinds {
    private final ApiClient client;
    /// By group and kind: the version of a reference may be an older one.
    private final Map<String, Resource> byKind = new ConcurrentHashMap<>();

    OwnerKinds(ApiClient client) {
        this.client = client;
    }

    void served(Collection<Resource> resources) {
        byKind.clear();
        for (var resource : resources) byKind.put(resource.group() + "/" + resource.kind(), resource);
    }

    /// Empty when an owner is of a kind nobody serves: then nothing is known, and nothing may be deleted.
    Optional<OwnerVerdict> verdict(Kept object) {
        var solid = new ArrayList<Owner>();
        var gone = new ArrayList<Owner>();
        var waiting = new ArrayList<Owner>();
        for (var owner : object.owners()) {
            var resource = byKind.get(Resource.of(owner.apiVersion(), "", owner.kind(), false).group() + "/" + owner.kind());
            if (resource == null || isUnreachable(resource, object)) return Optional.empty();
            place(owner, resource, object, List.of(solid, gone, waiting));
        }
        return Optional.of(new OwnerVerdict(solid, gone, waiting));
    }

    /// A cluster-scoped object cannot have an owner in a namespace; such a reference names nothing that could be found.
    private static boolean isUnreachable(Resource resource, Kept object) {
        return resource.namespaced() && object.key().namespace().isEmpty();
    }

    private void place(Owner owner, Resource resource, Kept object, List<List<Owner>> solidGoneWaiting) {
        var key = new ObjectKey(resource.namespaced() ? object.key().namespace() : "", owner.name());
        var live = client.find(resource, key).filter(found -> found.at("metadata", "uid").text("").equals(owner.uid()));
        boolean waits = live.map(Kept::of).filter(Kept::foreground).isPresent();
        solidGoneWaiting.get(live.isEmpty() ? 1 : waits ? 2 : 0).add(owner);
    }
}
