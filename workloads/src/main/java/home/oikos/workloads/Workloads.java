package home.oikos.workloads;

import home.oikos.api.ObjectKey;
import home.oikos.client.Cache;
import home.oikos.client.Informer;
import home.oikos.client.Resources;
import home.oikos.controller.ControllerGroup;
import java.util.List;

/// Wires the controllers of the built-in kinds into a group. The caller starts and closes the group.
public final class Workloads {
    private final ControllerGroup group;
    private final Workshop workshop;

    private Workloads(ControllerGroup group) {
        this.group = group;
        this.workshop = Workshop.in(group);
    }

    /// Adds every controller of this room to the group.
    public static void addTo(ControllerGroup group) {
        var workloads = new Workloads(group);
        workloads.deployments();
        workloads.replicationControllers();
        workloads.scheduler();
    }

    private void scheduler() {
        var nodes = group.watch(Informer.Scope.all(Resources.NODES), Node::of);
        var scheduler = new SchedulerReconciler(workshop, nodes);
        scheduler.feed(group.add(SchedulerReconciler.NAME, scheduler));
    }

    private void deployments() {
        var sets = group.watch(Informer.Scope.all(Resources.REPLICA_SETS), ReplicaSet::of);
        replicaSets("ReplicaSet", "replicaset-controller", sets);
        var deployments = group.watch(Informer.Scope.all(Resources.DEPLOYMENTS), Deployment::of);
        var reconciler = new DeploymentReconciler(workshop, deployments, new DeploymentReconciler.ReplicaSetIndex(sets));
        var controller = group.add("deployment", reconciler).on(deployments)
                .on(sets, (_, set) -> concerned(deployments, set));
        // A Recreate goes on when the last old pod is gone.
        workshop.pods().cache().onChange((_, before, after) -> {
            if (after != null || before == null) return;
            for (var set : PodIndex.controllerKey(before.metadata(), "ReplicaSet")) {
                sets.get(set).ifPresent(found -> PodIndex.controllerKey(found.metadata(), "Deployment").forEach(controller.queue()::add));
            }
        });
    }

    /// The Deployment of a ReplicaSet; of an orphan, those that might adopt it.
    private static List<ObjectKey> concerned(Cache<Deployment> deployments, ReplicaSet set) {
        if (set.metadata().controller().isPresent()) return PodIndex.controllerKey(set.metadata(), "Deployment");
        return deployments.all().stream().map(Deployment::metadata).map(Metadata::key)
                .filter(key -> key.namespace().equals(set.metadata().key().namespace())).toList();
    }

    private void replicationControllers() {
        var sets = group.watch(Informer.Scope.all(Resources.REPLICATION_CONTROLLERS), ReplicaSet::ofReplicationController);
        replicaSets("ReplicationController", "replication-controller", sets);
    }

    private void replicaSets(String kind, String name, Cache<ReplicaSet> sets) {
        var reconciler = new ReplicaSetReconciler(workshop, sets, workshop.podWriter(name));
        group.add(name, reconciler).on(sets).on(workshop.pods().cache(), (_, pod) -> concerned(kind, sets, pod));
    }

    private static List<ObjectKey> concerned(String kind, Cache<ReplicaSet> sets, Pod pod) {
        if (pod.metadata().controller().isPresent()) return PodIndex.controllerKey(pod.metadata(), kind);
        return sets.all().stream().filter(set -> set.selector().matches(pod.metadata().labels())).map(set -> set.metadata().key())
                .filter(key -> key.namespace().equals(pod.metadata().key().namespace())).toList();
    }
}
