package home.oikos.workloads;

import home.oikos.api.ApiException;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.Reason;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import home.oikos.controller.EventRecorder;
import home.oikos.controller.MergeDifference;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import home.oikos.controller.Reference;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Brings a Deployment from one template to the next through its ReplicaSets.
final class DeploymentReconciler implements Reconciler {
    private final ApiClient client;
    private final Cache<Deployment> deployments;
    private final ReplicaSetIndex sets;
    private final PodIndex pods;
    private final Claims claims;
    private final EventRecorder events;
    private final Clock clock;

    DeploymentReconciler(Workshop workshop, Cache<Deployment> deployments, ReplicaSetIndex sets) {
        this.client = workshop.client().fieldManager("deployment-controller");
        this.deployments = deployments;
        this.sets = sets;
        this.pods = workshop.pods();
        this.claims = new Claims(client, Resources.REPLICA_SETS);
        this.events = workshop.group().events("deployment-controller");
        this.clock = workshop.clock();
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = deployments.get(key);
        if (found.isEmpty()) return Outcome.SETTLED;
        var deployment = found.get();
        var owned = claims.claim(deployment.reference(), deployment.metadata().deleting(), deployment.selector(),
                sets.candidates(deployment.metadata()), ReplicaSet::metadata);
        var revisions = Revisions.of(deployment, owned);
        var created = Optional.<String>empty();
        if (!deployment.metadata().deleting()) created = act(deployment, RolloutPlan.of(deployment, revisions, oldPodsRun(revisions)));
        report(deployment, revisions, created);
        var now = clock.instant();
        return DeploymentStatus.deadline(deployment).filter(now::isBefore).map(at -> Outcome.checkAt(at, now)).orElse(Outcome.SETTLED);
    }

    private boolean oldPodsRun(Revisions revisions) {
        return revisions.old().stream().flatMap(set -> pods.ownedBy(set.metadata().uid()).stream()).anyMatch(pod -> !pod.isFinished());
    }

    /// @return the name of the ReplicaSet that was made, if one was
    private Optional<String> act(Deployment deployment, List<RolloutStep> steps) {
        var created = Optional.<String>empty();
        for (var step : steps) {
            switch (step) {
                case RolloutStep.Create create -> created = Optional.of(create(deployment, create));
                case RolloutStep.Scale(var set, int replicas, var annotations) -> scale(deployment, set, replicas, annotations);
                case RolloutStep.Annotate(var set, var annotations) -> patch(set, annotations, JsonObject.EMPTY);
                case RolloutStep.Number(long revision) -> number(deployment, revision);
                case RolloutStep.Delete(var set) ->
                        client.deleteIfPresent(Resources.REPLICA_SETS, set.metadata().key(), DeleteOptions.ofUid(set.metadata().uid()));
            }
        }
        return created;
    }

    private String create(Deployment deployment, RolloutStep.Create step) {
        var name = deployment.name() + "-" + step.hash();
        try {
            client.create(Resources.REPLICA_SETS, NewReplicaSet.of(deployment, name, step));
            if (step.replicas() > 0) tell(deployment.reference(), name, 0, step.replicas());
        } catch (ApiException taken) {
            if (taken.reason() != Reason.ALREADY_EXISTS) throw taken;
            differFrom(deployment, name);
        }
        return name;
    }

    /// The name is taken: by our own ReplicaSet that the cache does not show yet, or by one of another template with the same hash.
    private void differFrom(Deployment deployment, String name) {
        var key = new ObjectKey(deployment.metadata().key().namespace(), name);
        var taken = client.find(Resources.REPLICA_SETS, key).map(ReplicaSet::of);
        if (taken.isEmpty()) return;
        boolean ours = taken.get().metadata().isControlledBy(deployment.metadata().uid());
        if (ours && Revisions.of(deployment, List.of(taken.get())).current().isPresent()) return;
        client.patchStatus(Resources.DEPLOYMENTS, deployment.metadata().key(),
                Patch.merge("status", JsonObject.of("collisionCount", deployment.count("collisionCount") + 1)));
    }

    private void scale(Deployment deployment, ReplicaSet set, int replicas, Map<String, String> annotations) {
        patch(set, annotations, JsonObject.of("replicas", replicas));
        if (replicas != set.replicas()) tell(deployment.reference(), set.name(), set.replicas(), replicas);
    }

    private void tell(Reference deployment, String set, int from, int to) {
        events.normal(deployment, "ScalingReplicaSet",
                "Scaled " + (to > from ? "up" : "down") + " replica set " + set + " from " + from + " to " + to);
    }

    /// Conditional on the version it was decided from: two steps that were planned from the same sight must not both happen.
    private void patch(ReplicaSet set, Map<String, String> annotations, JsonObject spec) {
        var metadata = JsonObject.of("resourceVersion", set.resourceVersion(), "annotations", annotations);
        client.patch(Resources.REPLICA_SETS, set.metadata().key(), Patch.merge("metadata", metadata, "spec", spec.isEmpty() ? null : spec));
    }

    private void number(Deployment deployment, long revision) {
        var annotations = Map.of(Revisions.REVISION, Long.toString(revision));
        client.patch(Resources.DEPLOYMENTS, deployment.metadata().key(),
                Patch.merge("metadata", JsonObject.of("uid", deployment.metadata().uid(), "annotations", annotations)));
    }

    private void report(Deployment deployment, Revisions revisions, Optional<String> created) {
        var status = DeploymentStatus.of(deployment, revisions, created, clock.instant());
        MergeDifference.ofStatus(deployment.status(), status)
                .ifPresent(patch -> client.patchStatus(Resources.DEPLOYMENTS, deployment.metadata().key(), patch));
    }

    /// The ReplicaSets by their owner.
    static final class ReplicaSetIndex {
        private final Cache.Index<ReplicaSet> byController;

        ReplicaSetIndex(Cache<ReplicaSet> cache) {
            this.byController = cache.index(set -> List.of(set.metadata().controller().map(Owner::uid)
                    .orElse("orphans of " + set.metadata().key().namespace())));
        }

        List<ReplicaSet> candidates(Metadata owner) {
            var candidates = new ArrayList<>(byController.get(owner.uid()));
            candidates.addAll(byController.get("orphans of " + owner.key().namespace()));
            return candidates;
        }
    }
}
