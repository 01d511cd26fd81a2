package home.oikos.workloads;

import home.oikos.api.ApiException;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.Reason;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.Resources;
import home.oikos.controller.MergeDifference;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;

/// Keeps the pods of a StatefulSet, each with its own name and claims.
final class StatefulSetReconciler implements Reconciler {
    private final ApiClient client;
    private final Cache<StatefulSet> sets;
    private final PodIndex pods;
    private final PodWriter writer;
    private final TemplateHistory history;
    private final Claims claims;
    private final Clock clock;

    StatefulSetReconciler(Workshop workshop, Cache<StatefulSet> sets, Cache<TemplateRevision> revisions) {
        this.client = workshop.client().fieldManager("statefulset-controller");
        this.sets = sets;
        this.pods = workshop.pods();
        this.writer = workshop.podWriter("statefulset-controller");
        this.history = new TemplateHistory(client, revisions);
        this.claims = new Claims(client, Resources.PODS);
        this.clock = workshop.clock();
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = sets.get(key).filter(set -> !set.metadata().deleting());
        if (found.isEmpty()) {
            writer.forget(key);
            return Outcome.SETTLED;
        }
        var set = found.get();
        // Asked before the pods are read: what arrives in between would be expected no more and not be among them either.
        boolean acting = writer.isUpToDate(key);
        var owned = claims.claim(set.reference(), false, set.selector(), pods.candidates(set.metadata()).stream()
                .filter(pod -> set.ordinal(pod) >= 0).toList(), Pod::metadata);
        var update = history.current(set.reference(), set.template(), set.template().at("metadata", "labels"));
        var current = current(set, update);
        var now = clock.instant();
        if (acting) act(set, StatefulSetPlan.of(set, owned, current.hash(), update.hash(), now), current, update);
        report(set, owned, current, update);
        var used = owned.stream().map(StatefulSetPlan::hash).collect(Collectors.toSet());
        used.addAll(List.of(current.hash(), update.hash()));
        history.trim(set.reference(), set.revisionHistoryLimit(), used);
        if (!writer.isUpToDate(key)) return new Outcome.CheckAgain(Expectations.WAIT_MAX);
        return StatefulSetPlan.nextAvailable(set, owned, now).map(at -> Outcome.checkAt(at, now)).orElse(Outcome.SETTLED);
    }

    private TemplateRevision current(StatefulSet set, TemplateRevision update) {
        var name = set.status().at("currentRevision").text("");
        return history.of(set.reference()).stream().filter(revision -> revision.metadata().name().equals(name)).findFirst().orElse(update);
    }

    private void act(StatefulSet set, StatefulSetPlan plan, TemplateRevision current, TemplateRevision update) {
        plan.create().forEach((ordinal, hash) -> {
            StatefulSetPod.claims(set, ordinal).forEach(this::claim);
            writer.create(set.reference(), StatefulSetPod.of(set, hash.equals(update.hash()) ? update : current, ordinal));
        });
        plan.delete().forEach(pod -> writer.delete(set.reference(), pod.metadata()));
    }

    private void claim(JsonObject claim) {
        try {
            client.create(Resources.PERSISTENT_VOLUME_CLAIMS, claim);
        } catch (ApiException kept) {
            if (kept.reason() != Reason.ALREADY_EXISTS) throw kept;
        }
    }

    private void report(StatefulSet set, List<Pod> owned, TemplateRevision current, TemplateRevision update) {
        MergeDifference.ofStatus(set.status(), StatefulSetPlan.status(set, owned, current, update, clock.instant()))
                .ifPresent(patch -> client.patchStatus(Resources.STATEFUL_SETS, set.metadata().key(), patch));
    }
}
