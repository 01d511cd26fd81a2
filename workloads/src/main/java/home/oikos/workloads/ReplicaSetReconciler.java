package home.oikos.workloads;

import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.Resources;
import home.oikos.controller.Condition;
import home.oikos.controller.MergeDifference;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Keeps as many pods as a ReplicaSet or ReplicationController wants.
final class ReplicaSetReconciler implements Reconciler {
    private final ApiClient client;
    private final Cache<ReplicaSet> sets;
    private final PodIndex pods;
    private final PodWriter writer;
    private final Claims claims;
    private final Clock clock;
    private final RandomGenerator random;

    ReplicaSetReconciler(Workshop workshop, Cache<ReplicaSet> sets, PodWriter writer) {
        this.client = workshop.client();
        this.sets = sets;
        this.pods = workshop.pods();
        this.writer = writer;
        this.claims = new Claims(client, Resources.PODS);
        this.clock = workshop.clock();
        this.random = workshop.random();
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = sets.get(key);
        if (found.isEmpty()) {
            writer.forget(key);
            return Outcome.SETTLED;
        }
        var set = found.get();
        // Asked before the pods are read: what arrives in between would be expected no more and not be among them either.
        boolean acting = writer.isUpToDate(key) && !set.metadata().deleting();
        var owned = claims.claim(set.reference(), set.metadata().deleting(), set.selector(), pods.candidates(set.metadata()),
                Pod::metadata);
        var failure = acting ? act(set, owned) : Optional.<RuntimeException>empty();
        var now = clock.instant();
        report(set, owned, failure, now);
        if (failure.isPresent()) throw failure.get();
        if (!writer.isUpToDate(key)) return new Outcome.CheckAgain(Expectations.WAIT_MAX);
        return ReplicaSetPlan.nextAvailable(set, owned, now).map(at -> Outcome.checkAt(at, now)).orElse(Outcome.SETTLED);
    }

    private Optional<RuntimeException> act(ReplicaSet set, List<Pod> owned) {
        var plan = ReplicaSetPlan.of(set, owned, pods.candidates(set.metadata()));
        try {
            for (int i = 0; i < plan.create(); i++) create(set);
            for (var pod : plan.delete()) writer.delete(set.reference(), pod.metadata());
            return Optional.empty();
        } catch (RuntimeException refused) {
            return Optional.of(refused);
        }
    }

    private void create(ReplicaSet set) {
        var prefix = set.name() + "-";
        writer.create(set.reference(), PodTemplate.pod(set.template(), set.reference(), Names.generated(prefix, random), prefix));
    }

    private void report(ReplicaSet set, List<Pod> owned, Optional<RuntimeException> failure, Instant now) {
        var reason = owned.stream().filter(Pod::isActive).count() < set.replicas() ? "FailedCreate" : "FailedDelete";
        var condition = failure.map(why -> new Condition("ReplicaFailure", "True", reason, String.valueOf(why.getMessage())));
        MergeDifference.ofStatus(set.status(), ReplicaSetPlan.status(set, owned, condition, now))
                .ifPresent(patch -> client.patchStatus(set.resource(), set.metadata().key(), patch));
    }
}
