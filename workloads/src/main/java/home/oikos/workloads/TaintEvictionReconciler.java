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
import home.oikos.controller.EventRecorder;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import home.oikos.controller.Reference;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/// Deletes pods that do not tolerate a NoExecute taint of their node, or not for that long. Time counts from when the taint was first seen.
final class TaintEvictionReconciler implements Reconciler {
    private final ApiClient client;
    private final Cache<Pod> pods;
    private final Cache<Node> nodes;
    private final EventRecorder events;
    private final Clock clock;
    private final Map<ObjectKey, Instant> tainted = new ConcurrentHashMap<>();

    TaintEvictionReconciler(Workshop workshop, Cache<Node> nodes) {
        this.client = workshop.client().fieldManager("taint-eviction-controller");
        this.pods = workshop.pods().cache();
        this.nodes = nodes;
        this.events = workshop.group().events("taint-eviction-controller");
        this.clock = workshop.clock();
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var pod = pods.get(key).filter(found -> found.isBound() && found.isActive());
        var patience = pod.flatMap(found -> nodes.get(ObjectKey.clusterScoped(found.nodeName())).flatMap(node -> patience(found, node)));
        if (patience.isEmpty()) {
            tainted.remove(key);
            return Outcome.SETTLED;
        }
        var now = clock.instant();
        var since = tainted.computeIfAbsent(key, _ -> now);
        if (patience.get().isEmpty()) return Outcome.SETTLED;
        var end = since.plusSeconds(patience.get().getAsLong());
        if (now.isBefore(end)) return Outcome.checkAt(end, now);
        evict(pod.get());
        return Outcome.SETTLED;
    }

    /// For how many seconds the pod bears its node's taints.
    /// @return empty when it has none that would end pods; an empty number means for ever
    static Optional<OptionalLong> patience(Pod pod, Node node) {
        var ending = node.taints().stream().filter(taint -> taint.effect().equals("NoExecute")).toList();
        if (ending.isEmpty()) return Optional.empty();
        var shortest = OptionalLong.empty();
        for (var taint : ending) {
            var toleration = Tolerations.of(pod.needs().tolerations(), taint);
            if (toleration.isEmpty()) return Optional.of(OptionalLong.of(0));
            var seconds = toleration.get().at("tolerationSeconds");
            if (seconds.isNull()) continue;
            long borne = Math.max(0, seconds.integer(0L));
            shortest = OptionalLong.of(Math.min(borne, shortest.orElse(borne)));
        }
        return Optional.of(shortest);
    }

    private void evict(Pod pod) {
        var key = pod.metadata().key();
        var condition = Condition.of("DisruptionTarget", true, "DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint")
                .in(Json.NULL, clock.instant());
        client.patchStatus(Resources.PODS, key, new Patch.Strategic(JsonObject.of("metadata", JsonObject.of("uid", pod.metadata().uid()),
                "status", JsonObject.of("conditions", condition))));
        events.normal(new Reference(Resources.PODS, key, pod.metadata().uid()), "TaintManagerEviction", "Marking for deletion Pod " + key);
        client.deleteIfPresent(Resources.PODS, key, DeleteOptions.ofUid(pod.metadata().uid()));
    }
}
