package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import home.oikos.controller.Condition;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import home.oikos.controller.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps a node's taints in step with its conditions, so that the scheduler leaves alone what cannot take pods; a node that renews its Lease
/// no more is one of which nothing is known.
final class NodeReconciler implements Reconciler {
    /// The kubelet's Lease says 40 s; the controller of Kubernetes waits ten more.
    static final Duration GRACE = Duration.ofSeconds(50);

    private final ApiClient client;
    private final Cache<Node> nodes;
    private final Clock clock;
    private final Map<ObjectKey, Instant> firstSeen = new ConcurrentHashMap<>();

    NodeReconciler(Workshop workshop, Cache<Node> nodes) {
        this.client = workshop.client().fieldManager("node-controller");
        this.nodes = nodes;
        this.clock = workshop.clock();
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var node = nodes.get(key);
        if (node.isEmpty()) {
            firstSeen.remove(key);
            return Outcome.SETTLED;
        }
        if (!NodeTaints.of(node.get()).equals(node.get().taints())) taint(key);
        return judge(node.get());
    }

    /// Looks at the Lease when it would be stale: a node that is alive is not looked at in between.
    private Outcome judge(Node node) {
        if (node.conditions().getOrDefault("Ready", "Unknown").equals("Unknown")) return Outcome.SETTLED;
        var now = clock.instant();
        var key = node.metadata().key();
        var since = firstSeen.computeIfAbsent(key, _ -> now);
        var renewed = client.find(Resources.LEASES, new ObjectKey("kube-node-lease", node.name()))
                .flatMap(lease -> Times.read(lease.at("spec", "renewTime"))).filter(since::isBefore).orElse(since);
        var end = renewed.plus(GRACE);
        if (now.isBefore(end)) return Outcome.checkAt(end, now);
        lose(key, now);
        return Outcome.SETTLED;
    }

    private void lose(ObjectKey key, Instant now) {
        firstSeen.remove(key);
        var before = client.get(Resources.NODES, key).at("status", "conditions");
        Json conditions = before;
        for (var known : before.array()) {
            conditions = new Condition(known.at("type").text(""), "Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status.")
                    .in(conditions, now);
        }
        client.patchStatus(Resources.NODES, key, Patch.merge("status", JsonObject.of("conditions", conditions)));
    }

    private void taint(ObjectKey key) {
        var live = client.find(Resources.NODES, key);
        if (live.isEmpty()) return;
        var before = live.get().at("spec", "taints").array();
        var taints = NodeTaints.of(Node.of(live.get())).stream().map(taint -> before.stream()
                .filter(known -> known.at("key").text("").equals(taint.key()) && known.at("effect").text("").equals(taint.effect()))
                .findFirst()
                .orElseGet(() -> JsonObject.of("key", taint.key(), "effect", taint.effect(), "timeAdded", Times.text(clock.instant()))))
                .toList();
        client.patch(Resources.NODES, key, Patch.merge(
                "metadata", JsonObject.of("resourceVersion", live.get().at("metadata", "resourceVersion")),
                "spec", JsonObject.EMPTY.with("taints", taints.isEmpty() ? null : taints)));
    }
}
