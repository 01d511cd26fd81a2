package home.oikos.workloads;

import home.oikos.api.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The next step of a StatefulSet: pods are made in order, taken away in reverse order, and renewed from the highest ordinal down. Pure.
/// @param create the ordinals to make now, with the hash of their revision
/// @param delete the pods to delete now
record StatefulSetPlan(Map<Integer, String> create, List<Pod> delete) {
    private static final StatefulSetPlan WAIT = new StatefulSetPlan(Map.of(), List.of());

    /// @param current the hash that pods below the partition have
    /// @param update the hash of the set's own template
    static StatefulSetPlan of(StatefulSet set, List<Pod> pods, String current, String update, Instant now) {
        var byOrdinal = new TreeMap<Integer, Pod>();
        pods.forEach(pod -> byOrdinal.put(set.ordinal(pod), pod));
        int end = set.start() + set.replicas();
        var create = new TreeMap<Integer, String>();
        var delete = new ArrayList<Pod>();
        for (int ordinal = set.start(); ordinal < end; ordinal++) {
            var pod = byOrdinal.get(ordinal);
            if (pod == null) create.put(ordinal, ordinal < set.start() + set.partition() ? current : update);
            else if (pod.isFinished() && !pod.metadata().deleting()) delete.add(pod);
            else if (isHealthy(set, pod, now)) continue;
            if (!set.parallel()) return new StatefulSetPlan(create, delete);
        }
        var condemned = byOrdinal.entrySet().stream().filter(pod -> pod.getKey() < set.start() || pod.getKey() >= end)
                .map(Map.Entry::getValue).sorted(Comparator.comparing(set::ordinal).reversed()).toList();
        if (!create.isEmpty() || !delete.isEmpty()) return new StatefulSetPlan(create, delete);
        return condemned.isEmpty() ? renew(set, byOrdinal, update, now) : shrink(set, condemned);
    }

    private static boolean isHealthy(StatefulSet set, Pod pod, Instant now) {
        return !pod.metadata().deleting() && pod.isAvailable(set.minReady(), now);
    }

    /// One after another, the highest first, unless the set is parallel. Those that are on their way out are waited for.
    private static StatefulSetPlan shrink(StatefulSet set, List<Pod> condemned) {
        if (set.parallel()) return new StatefulSetPlan(Map.of(), condemned.stream().filter(pod -> !pod.metadata().deleting()).toList());
        var first = condemned.getFirst();
        return first.metadata().deleting() ? WAIT : new StatefulSetPlan(Map.of(), List.of(first));
    }

    private static StatefulSetPlan renew(StatefulSet set, TreeMap<Integer, Pod> byOrdinal, String update, Instant now) {
        if (set.onDelete()) return WAIT;
        for (var entry : byOrdinal.tailMap(set.start() + set.partition(), true).descendingMap().entrySet()) {
            var pod = entry.getValue();
            if (pod.metadata().deleting()) return WAIT;
            if (!hash(pod).equals(update)) return new StatefulSetPlan(Map.of(), List.of(pod));
            if (!isHealthy(set, pod, now)) return WAIT;
        }
        return WAIT;
    }

    /// The label is the whole name of the revision, `SET-HASH`; older homes wrote the hash alone.
    static String hash(Pod pod) {
        var label = pod.metadata().labels().getOrDefault(TemplateRevision.HASH_LABEL, "");
        return label.substring(label.lastIndexOf('-') + 1);
    }

    /// @param current and update the names of the two revisions
    static JsonObject status(StatefulSet set, List<Pod> pods, TemplateRevision current, TemplateRevision update, Instant now) {
        var live = pods.stream().filter(pod -> !pod.metadata().deleting()).toList();
        int ready = (int) live.stream().filter(Pod::ready).count();
        int updated = (int) live.stream().filter(pod -> hash(pod).equals(update.hash())).count();
        int old = (int) live.stream().filter(pod -> hash(pod).equals(current.hash())).count();
        boolean complete = updated == set.replicas() && ready == set.replicas() && live.size() == set.replicas();
        return JsonObject.of("observedGeneration", set.metadata().generation(), "replicas", pods.size(), "readyReplicas", present(ready),
                "currentReplicas", present(complete ? updated : old), "updatedReplicas", present(updated),
                "currentRevision", complete ? update.metadata().name() : current.metadata().name(),
                "updateRevision", update.metadata().name(), "collisionCount", 0,
                "availableReplicas", live.stream().filter(pod -> pod.isAvailable(set.minReady(), now)).count());
    }

    private static Integer present(int count) {
        return count == 0 ? null : Integer.valueOf(count);
    }

    /// When a ready pod will have been ready for long enough.
    static Optional<Instant> nextAvailable(StatefulSet set, List<Pod> pods, Instant now) {
        return pods.stream().filter(pod -> pod.ready() && !pod.isAvailable(set.minReady(), now))
                .map(pod -> pod.readyTime().plus(set.minReady())).min(Comparator.naturalOrder());
    }
}
