package home.oikos.workloads;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import home.oikos.controller.Times;
import java.time.Clock;

/// Keeps a node's taints in step with its conditions, so that the scheduler leaves alone what cannot take pods.
final class NodeReconciler implements Reconciler {
    private final ApiClient client;
    private final Cache<Node> nodes;
    private final Clock clock;

    NodeReconciler(Workshop workshop, Cache<Node> nodes) {
        this.client = workshop.client().fieldManager("node-controller");
        this.nodes = nodes;
        this.clock = workshop.clock();
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        if (nodes.get(key).filter(node -> !NodeTaints.of(node).equals(node.taints())).isEmpty()) return Outcome.SETTLED;
        var live = client.find(Resources.NODES, key);
        if (live.isEmpty()) return Outcome.SETTLED;
        var before = live.get().at("spec", "taints").array();
        var taints = NodeTaints.of(Node.of(live.get())).stream().map(taint -> before.stream()
                .filter(known -> known.at("key").text("").equals(taint.key()) && known.at("effect").text("").equals(taint.effect()))
                .findFirst()
                .orElseGet(() -> JsonObject.of("key", taint.key(), "effect", taint.effect(), "timeAdded", Times.text(clock.instant()))))
                .toList();
        client.patch(Resources.NODES, key, Patch.merge(
                "metadata", JsonObject.of("resourceVersion", live.get().at("metadata", "resourceVersion")),
                "spec", JsonObject.EMPTY.with("taints", taints.isEmpty() ? null : taints)));
        return Outcome.SETTLED;
    }
}
