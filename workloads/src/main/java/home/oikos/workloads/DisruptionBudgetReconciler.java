package home.oikos.workloads;

import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.Resource;
import home.oikos.client.Resources;
import home.oikos.controller.MergeDifference;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Tells evictions how many pods of a budget may go.
final class DisruptionBudgetReconciler implements Reconciler {
    private static final Map<String, Resource> SCALED = Map.of("ReplicaSet", Resources.REPLICA_SETS, "StatefulSet", Resources.STATEFUL_SETS,
            "ReplicationController", Resources.REPLICATION_CONTROLLERS);

    private final ApiClient client;
    private final Cache<DisruptionBudget> budgets;
    private final PodIndex pods;
    private final Clock clock;

    DisruptionBudgetReconciler(Workshop workshop, Cache<DisruptionBudget> budgets) {
        this.client = workshop.client().fieldManager("disruption-controller");
        this.budgets = budgets;
        this.pods = workshop.pods();
        this.clock = workshop.clock();
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = budgets.get(key);
        if (found.isEmpty()) return Outcome.SETTLED;
        var budget = found.get();
        var all = pods.in(key.namespace());
        MergeDifference.ofStatus(budget.status(), budget.status(all, expected(budget, all), clock.instant()))
                .ifPresent(patch -> client.patchStatus(Resources.POD_DISRUPTION_BUDGETS, key, patch));
        return Outcome.SETTLED;
    }

    /// What the controllers of the pods want, each counted once; pods without such a controller count as they are.
    private int expected(DisruptionBudget budget, List<Pod> all) {
        var matching = all.stream().filter(pod -> !pod.isFinished() && budget.selector().matches(pod.metadata().labels())).toList();
        if (budget.countsPodsThemselves()) return matching.size();
        var owners = matching.stream().flatMap(pod -> pod.metadata().controller().stream())
                .filter(owner -> SCALED.containsKey(owner.kind()))
                .collect(Collectors.toSet());
        long alone = matching.stream().filter(pod -> pod.metadata().controller().filter(owners::contains).isEmpty()).count();
        var namespace = budget.metadata().key().namespace();
        return (int) alone + owners.stream().mapToInt(owner -> client.find(SCALED.get(owner.kind()), new ObjectKey(namespace, owner.name()))
                .map(set -> set.at("spec", "replicas").integer(1)).orElse(0)).sum();
    }
}
