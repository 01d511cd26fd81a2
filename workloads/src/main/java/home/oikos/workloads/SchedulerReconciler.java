package home.oikos.workloads;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import home.oikos.controller.Condition;
import home.oikos.controller.Controller;
import home.oikos.controller.EventRecorder;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import home.oikos.controller.Reference;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Gives pods a node. What fits nowhere waits for a change of nodes or for a pod to go, without polling.
final class SchedulerReconciler implements Reconciler {
    static final String NAME = "default-scheduler";

    private final ApiClient client;
    private final Cache<Pod> pods;
    private final Cache<Node> nodes;
    private final Cache<VolumeClaim> claims;
    private final Cache<Volume> volumes;
    private final EventRecorder events;
    private final Clock clock;
    private final Cache.Index<Pod> byPlace;
    /// Where pods were sent that the cache still shows without a node.
    private final Map<ObjectKey, String> sent = new ConcurrentHashMap<>();

    SchedulerReconciler(Workshop workshop, Cache<Node> nodes, Cache<VolumeClaim> claims, Cache<Volume> volumes) {
        this.client = workshop.client().fieldManager(NAME);
        this.pods = workshop.pods().cache();
        this.nodes = nodes;
        this.claims = claims;
        this.volumes = volumes;
        this.events = workshop.group().events(NAME);
        this.clock = workshop.clock();
        this.byPlace = pods.index(pod -> List.of(pod.isFinished() ? "ended" : pod.isBound() ? "bound" : "waiting"));
        pods.onChange((key, _, after) -> {
            if (after == null || after.isBound()) sent.remove(key);
        });
    }

    /// Feeds the queue: a pod that waits, and all that wait whenever room may have been made.
    void feed(Controller controller) {
        pods.onChange((key, before, after) -> {
            if (after != null && !after.isBound()) controller.queue().add(key);
            boolean madeRoom = before != null && before.isBound() && (after == null || after.isFinished());
            boolean changedNeighbour = after != null && after.isBound()
                    && (before == null || !before.isBound() || !before.metadata().labels().equals(after.metadata().labels()));
            if (madeRoom || changedNeighbour) byPlace.keys("waiting").forEach(controller.queue()::add);
        });
        nodes.onChange((_, _, _) -> byPlace.keys("waiting").forEach(controller.queue()::add));
        claims.onChange((_, _, _) -> byPlace.keys("waiting").forEach(controller.queue()::add));
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = pods.get(key);
        if (found.isEmpty() || !isToBeScheduled(found.get())) return Outcome.SETTLED;
        var pod = found.get();
        var plan = SchedulePlan.of(pod, nodes.all(), bound(), PodVolumes.of(pod, claims, volumes));
        if (plan.nodeName().isPresent()) bind(pod, plan.nodeName().get());
        else refuse(pod, plan.message());
        return Outcome.SETTLED;
    }

    private boolean isToBeScheduled(Pod pod) {
        return !pod.isBound() && pod.isActive() && !pod.needs().gated() && pod.needs().schedulerName().equals(NAME)
                && !sent.containsKey(pod.metadata().key());
    }

    private List<Pod> bound() {
        var bound = new java.util.ArrayList<>(byPlace.get("bound"));
        sent.forEach((key, node) -> pods.get(key).filter(pod -> !pod.isBound()).ifPresent(pod -> bound.add(at(pod, node))));
        return bound;
    }

    private static Pod at(Pod pod, String node) {
        return new Pod(pod.metadata(), node, pod.phase(), pod.ready(), pod.readyTime(), pod.restarts(), pod.scheduled(), pod.network(),
                pod.end(), pod.needs());
    }

    private void bind(Pod pod, String node) {
        var key = pod.metadata().key();
        var binding = JsonObject.of("apiVersion", "v1", "kind", "Binding",
                "metadata", JsonObject.of("name", key.name(), "namespace", key.namespace(), "uid", pod.metadata().uid()),
                "target", JsonObject.of("apiVersion", "v1", "kind", "Node", "name", node));
        sent.put(key, node);
        try {
            client.post(Resources.PODS, key, "binding", binding);
        } catch (RuntimeException refused) {
            sent.remove(key);
            if (refused instanceof ApiException api && api.code() == 404) return;
            throw refused;
        }
        events.normal(reference(pod), "Scheduled", "Successfully assigned " + key + " to " + node);
    }

    private void refuse(Pod pod, String message) {
        var condition = Condition.of("PodScheduled", false, "Unschedulable", message);
        if (condition.equals(pod.scheduled())) return;
        var dated = condition.in(Json.NULL, clock.instant());
        client.patchStatus(Resources.PODS, pod.metadata().key(), new Patch.Strategic(
                JsonObject.of("metadata", JsonObject.of("uid", pod.metadata().uid()), "status", JsonObject.of("conditions", dated))));
        events.warning(reference(pod), "FailedScheduling", message);
    }

    private static Reference reference(Pod pod) {
        return new Reference(Resources.PODS, pod.metadata().key(), pod.metadata().uid());
    }
}
