package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import home.oikos.controller.Condition;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Takes away pods that no node will: those whose node is gone or out of service, and the oldest of very many that have ended.
final class PodCollectorReconciler implements Reconciler {
    /// Each ended pod is about 6 KB in the store and in memory: 6 MB at most. (Kubernetes keeps 12,500, for a thousand nodes.)
    static final int ENDED_MAX = 1_000;
    /// A node may be made anew at once, by somebody who renames it for example.
    static final Duration QUARANTINE = Duration.ofSeconds(40);
    private static final String OUT_OF_SERVICE = "node.kubernetes.io/out-of-service";

    private final ApiClient client;
    private final Cache<Pod> pods;
    private final Cache<Node> nodes;
    private final Cache.Index<Pod> byEnd;
    private final Clock clock;
    private final Map<ObjectKey, Instant> missedSince = new ConcurrentHashMap<>();

    PodCollectorReconciler(Workshop workshop, Cache<Node> nodes) {
        this.client = workshop.client().fieldManager("pod-garbage-collector");
        this.pods = workshop.pods().cache();
        this.nodes = nodes;
        this.byEnd = pods.index(pod -> List.of(pod.isFinished() ? "ended" : "going on"));
        this.clock = workshop.clock();
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = pods.get(key);
        if (found.isEmpty()) {
            missedSince.remove(key);
            return Outcome.SETTLED;
        }
        var pod = found.get();
        if (pod.isFinished()) trim();
        if (pod.metadata().deleting() && !pod.isBound()) delete(pod);
        if (!pod.isBound()) return Outcome.SETTLED;
        var node = nodes.get(ObjectKey.clusterScoped(pod.nodeName()));
        if (node.isEmpty()) return orphaned(pod);
        missedSince.remove(key);
        if (pod.metadata().deleting() && isOutOfService(node.get())) fail(pod);
        return Outcome.SETTLED;
    }

    private void trim() {
        var ended = byEnd.get("ended");
        if (ended.size() <= ENDED_MAX) return;
        ended.stream().sorted(Comparator.comparing(pod -> pod.metadata().creationTime())).limit(ended.size() - ENDED_MAX).forEach(this::delete);
    }

    private static boolean isOutOfService(Node node) {
        return !"True".equals(node.conditions().get("Ready")) && node.taints().stream().anyMatch(taint -> taint.key().equals(OUT_OF_SERVICE));
    }

    private Outcome orphaned(Pod pod) {
        var now = clock.instant();
        var end = missedSince.computeIfAbsent(pod.metadata().key(), _ -> now).plus(QUARANTINE);
        if (now.isBefore(end)) return Outcome.checkAt(end, now);
        if (client.find(Resources.NODES, ObjectKey.clusterScoped(pod.nodeName())).isEmpty()) fail(pod);
        return Outcome.SETTLED;
    }

    /// Nobody will report its end any more, so it is said here before it goes.
    private void fail(Pod pod) {
        if (!pod.isFinished()) {
            var condition = Condition.of("DisruptionTarget", true, "DeletionByPodGC", "PodGC: node no longer exists").in(Json.NULL, clock.instant());
            client.patchStatus(Resources.PODS, pod.metadata().key(), new Patch.Strategic(JsonObject.of("metadata", JsonObject.of("uid",
                    pod.metadata().uid()), "status", JsonObject.of("phase", "Failed", "conditions", condition))));
        }
        delete(pod);
    }

    private void delete(Pod pod) {
        client.deleteIfPresent(Resources.PODS, pod.metadata().key(), DeleteOptions.ofUid(pod.metadata().uid()).gracePeriodSeconds(0));
    }
}
