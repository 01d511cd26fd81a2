package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.controller.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a ReplicaSet needs: more pods, fewer, or none of both. Pure.
/// @param create how many pods to make
/// @param delete which pods to delete, the least useful first
record ReplicaSetPlan(int create, List<Pod> delete) {
    /// As upstream, so that one mistake does not flood the server.
    static final int BURST_MAX = 500;

    static ReplicaSetPlan of(ReplicaSet set, List<Pod> owned, List<Pod> related) {
        var active = owned.stream().filter(Pod::isActive).toList();
        int missing = set.replicas() - active.size();
        if (missing >= 0) return new ReplicaSetPlan(Math.min(missing, BURST_MAX), List.of());
        var ranked = new ArrayList<>(active);
        ranked.sort(leastUsefulFirst(related));
        return new ReplicaSetPlan(0, ranked.subList(0, Math.min(-missing, BURST_MAX)));
    }

    /// Kubernetes' order: unassigned, not running, not ready, cheap by annotation, doubled up on a node, lately ready, restarted often,
    /// young.
    private static Comparator<Pod> leastUsefulFirst(List<Pod> related) {
        Map<String, Integer> activeOnNode = new HashMap<>();
        related.stream().filter(Pod::isActive).forEach(pod -> activeOnNode.merge(pod.nodeName(), 1, Integer::sum));
        return Comparator.comparing((Pod pod) -> !pod.nodeName().isEmpty())
                .thenComparing(ReplicaSetPlan::phaseRank)
                .thenComparing(Pod::ready)
                .thenComparing(ReplicaSetPlan::deletionCost)
                .thenComparing(pod -> -activeOnNode.getOrDefault(pod.nodeName(), 0))
                .thenComparing(pod -> pod.ready() ? pod.readyTime() : Instant.EPOCH, Comparator.reverseOrder())
                .thenComparing(pod -> -pod.restarts())
                .thenComparing(pod -> pod.metadata().creationTime(), Comparator.reverseOrder())
                .thenComparing(Pod::name);
    }

    private static int phaseRank(Pod pod) {
        return switch (pod.phase()) {
            case "Pending" -> 0;
            case "Unknown" -> 1;
            default -> 2;
        };
    }

    private static int deletionCost(Pod pod) {
        try {
            return Integer.parseInt(pod.metadata().annotations().getOrDefault("controller.kubernetes.io/pod-deletion-cost", "0"));
        } catch (NumberFormatException unreadable) {
            return 0;
        }
    }

    /// The status that these pods give.
    /// @param failure why pods could not be made or deleted, empty when they could
    static JsonObject status(ReplicaSet set, List<Pod> owned, Optional<Condition> failure, Instant now) {
        var active = owned.stream().filter(Pod::isActive).toList();
        var labels = Metadata.strings(set.template().at("metadata", "labels"));
        var status = JsonObject.of("replicas", active.size(),
                "fullyLabeledReplicas", count(active.stream().filter(pod -> hasAll(pod, labels)).count()),
                "readyReplicas", count(active.stream().filter(Pod::ready).count()),
                "availableReplicas", count(active.stream().filter(pod -> pod.isAvailable(set.minReady(), now)).count()));
        // ReplicationControllers never got this field.
        if (!set.resource().group().isEmpty()) status = status.with("terminatingReplicas", terminating(owned));
        status = status.with("observedGeneration", set.metadata().generation());
        return withFailure(status, set.status().at("conditions"), failure, now);
    }

    private static long terminating(List<Pod> owned) {
        return owned.stream().filter(pod -> pod.metadata().deleting() && !pod.isFinished()).count();
    }

    private static JsonObject withFailure(JsonObject status, Json conditions, Optional<Condition> failure, Instant now) {
        var others = conditions.array().stream().filter(condition -> !condition.at("type").text("").equals("ReplicaFailure")).toList();
        if (failure.isPresent()) return status.with("conditions", failure.get().in(conditions, now));
        return others.isEmpty() ? status : status.with("conditions", others);
    }

    /// The API leaves out counts of zero.
    private static Long count(long count) {
        return count == 0 ? null : Long.valueOf(count);
    }

    private static boolean hasAll(Pod pod, Map<String, String> labels) {
        return pod.metadata().labels().entrySet().containsAll(labels.entrySet());
    }

    /// When the next ready pod will have been ready for long enough.
    static Optional<Instant> nextAvailable(ReplicaSet set, List<Pod> owned, Instant now) {
        return owned.stream().filter(pod -> pod.isActive() && pod.ready() && !pod.isAvailable(set.minReady(), now))
                .map(pod -> pod.readyTime().plus(set.minReady())).min(Comparator.naturalOrder());
    }
}
