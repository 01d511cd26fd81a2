package home.oikos.workloads;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who depends on whom, among the objects that the collector keeps. Written by the informers' threads, read by the collectors'.
final class OwnerGraph {
    private final Map<String, Set<Place>> dependents = new HashMap<>();
    private final Map<String, Place> places = new HashMap<>();

    /// Where an object is looked after.
    record Place(KindCollector collector, Kept object) {
        void enqueue() {
            collector.enqueue(object.key());
        }
    }

    synchronized void changed(KindCollector collector, Kept before, Kept after) {
        if (before != null) remove(new Place(collector, before));
        if (after != null) add(new Place(collector, after));
    }

    private void add(Place place) {
        places.put(place.object().uid(), place);
        for (var owner : place.object().owners()) dependents.computeIfAbsent(owner.uid(), _ -> new HashSet<>()).add(place);
    }

    private void remove(Place place) {
        places.remove(place.object().uid());
        for (var owner : place.object().owners()) {
            dependents.computeIfPresent(owner.uid(), (_, all) -> all.remove(place) && all.isEmpty() ? null : all);
        }
    }

    synchronized List<Place> dependents(String uid) {
        return List.copyOf(dependents.getOrDefault(uid, Set.of()));
    }

    /// The owners of an object that are kept themselves.
    synchronized List<Place> owners(Kept object) {
        return object.owners().stream().filter(owner -> places.containsKey(owner.uid())).map(owner -> places.get(owner.uid())).toList();
    }

    /// Everything that has an owner.
    synchronized List<Place> all() {
        return List.copyOf(places.values());
    }
}
