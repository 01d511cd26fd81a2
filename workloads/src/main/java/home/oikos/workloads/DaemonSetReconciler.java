package home.oikos.workloads;

import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.Resources;
import home.oikos.controller.MergeDifference;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Keeps one pod of a DaemonSet on every node that takes one.
final class DaemonSetReconciler implements Reconciler {
    private final ApiClient client;
    private final Cache<DaemonSet> sets;
    private final Cache<Node> nodes;
    private final PodIndex pods;
    private final PodWriter writer;
    private final TemplateHistory history;
    private final Claims claims;
    private final Clock clock;
    private final RandomGenerator random;

    DaemonSetReconciler(Workshop workshop, Cache<DaemonSet> sets, Cache<Node> nodes, Cache<TemplateRevision> revisions) {
        this.client = workshop.client().fieldManager("daemonset-controller");
        this.sets = sets;
        this.nodes = nodes;
        this.pods = workshop.pods();
        this.writer = workshop.podWriter("daemonset-controller");
        this.history = new TemplateHistory(client, revisions);
        this.claims = new Claims(client, Resources.PODS);
        this.clock = workshop.clock();
        this.random = workshop.random();
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
        var owned = claims.claim(set.reference(), false, set.selector(), pods.candidates(set.metadata()), Pod::metadata);
        var hash = history.current(set.reference(), set.template(), set.template().at("metadata", "labels")).hash();
        var now = clock.instant();
        if (acting) act(set, DaemonSetPlan.of(set, nodes.all(), owned, hash, now), hash);
        report(set, owned, hash, now);
        var used = owned.stream().map(StatefulSetPlan::hash).collect(Collectors.toSet());
        used.add(hash);
        history.trim(set.reference(), set.revisionHistoryLimit(), used);
        if (!writer.isUpToDate(key)) return new Outcome.CheckAgain(Expectations.WAIT_MAX);
        return owned.stream().filter(pod -> pod.ready() && !pod.isAvailable(set.minReady(), now))
                .map(pod -> pod.readyTime().plus(set.minReady())).min(Comparator.naturalOrder())
                .map(at -> Outcome.checkAt(at, now)).orElse(Outcome.SETTLED);
    }

    private void act(DaemonSet set, DaemonSetPlan plan, String hash) {
        plan.delete().forEach(pod -> writer.delete(set.reference(), pod.metadata()));
        for (var node : plan.create()) {
            var name = Names.generated(set.metadata().name() + "-", random);
            writer.create(set.reference(), DaemonSetPlan.pod(set, node, hash, name));
        }
    }

    private void report(DaemonSet set, List<Pod> owned, String hash, Instant now) {
        MergeDifference.ofStatus(set.status(), DaemonSetPlan.status(set, nodes.all(), owned, hash, now))
                .ifPresent(patch -> client.patchStatus(Resources.DAEMON_SETS, set.metadata().key(), patch));
    }
}
