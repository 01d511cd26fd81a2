package home.oikos.workloads;

import home.oikos.workloads.RolloutStep.Annotate;
import home.oikos.workloads.RolloutStep.Create;
import home.oikos.workloads.RolloutStep.Delete;
import home.oikos.workloads.RolloutStep.Number;
import home.oikos.workloads.RolloutStep.Scale;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The next steps of a Deployment, from what is there: first the current ReplicaSet, then one round of scaling, at rest the clean-up of
/// history. Pure; called again when the steps have taken effect.
final class RolloutPlan {
    private final Deployment deployment;
    private final Revisions revisions;
    private final boolean oldPodsRun;
    private final List<ReplicaSet> all;

    private RolloutPlan(Deployment deployment, Revisions revisions, boolean oldPodsRun) {
        this.deployment = deployment;
        this.revisions = revisions;
        this.oldPodsRun = oldPodsRun;
        this.all = new ArrayList<>(revisions.old());
        revisions.current().ifPresent(all::add);
    }

    /// @param oldPodsRun whether pods of old ReplicaSets still live; a Recreate waits for them
    static List<RolloutStep> of(Deployment deployment, Revisions revisions, boolean oldPodsRun) {
        return new RolloutPlan(deployment, revisions, oldPodsRun).steps();
    }

    private List<RolloutStep> steps() {
        if (deployment.paused()) return new ProportionalScaling(deployment, revisions).steps();
        if (revisions.current().isEmpty()) return firstSteps();
        var current = revisions.current().get();
        var numbered = numbered(current);
        if (!numbered.isEmpty()) return numbered;
        if (wasScaled()) return new ProportionalScaling(deployment, revisions).steps();
        var scaling = deployment.recreate() ? recreate(current) : roll(current);
        if (!scaling.isEmpty()) return scaling;
        return deployment.isComplete(deployment.status()) ? forgotten() : List.of();
    }

    private List<RolloutStep> firstSteps() {
        if (deployment.recreate()) {
            var down = scaleDownOld();
            if (!down.isEmpty()) return down;
            if (oldPodsRun) return List.of();
        } else if (wasScaled()) {
            return new ProportionalScaling(deployment, revisions).steps();
        }
        var hash = RolloutHash.of(deployment);
        int size = deployment.recreate() ? deployment.replicas() : grown(0);
        return List.of(new Create(hash, size, revisions.annotationsOfNew(deployment)), new Number(revisions.next()));
    }

    private List<RolloutStep> numbered(ReplicaSet current) {
        var steps = new ArrayList<RolloutStep>();
        var changed = revisions.annotationsToChange(deployment, current);
        if (!changed.isEmpty()) steps.add(new Annotate(current, changed));
        long revision = Math.max(Revisions.revision(current), revisions.next());
        if (!Long.toString(revision).equals(deployment.metadata().annotations().get(Revisions.REVISION))) steps.add(new Number(revision));
        return steps;
    }

    private boolean wasScaled() {
        return all.stream().anyMatch(set -> set.isActive()
                && set.annotated(Revisions.DESIRED, deployment.replicas()) != deployment.replicas());
    }

    private List<RolloutStep> recreate(ReplicaSet current) {
        var down = scaleDownOld();
        if (!down.isEmpty()) return down;
        if (oldPodsRun) return List.of();
        return scale(current, deployment.replicas());
    }

    private List<RolloutStep> scaleDownOld() {
        return revisions.old().stream().filter(ReplicaSet::isActive).flatMap(set -> scale(set, 0).stream()).toList();
    }

    private List<RolloutStep> roll(ReplicaSet current) {
        if (current.replicas() > deployment.replicas()) return scale(current, deployment.replicas());
        var up = current.replicas() == deployment.replicas() ? List.<RolloutStep>of() : scale(current, grown(current.replicas()));
        return up.isEmpty() ? shrinkOld(current) : up;
    }

    /// How large the current ReplicaSet may be: as wanted, but all together within the surge.
    private int grown(int size) {
        int total = all.stream().mapToInt(ReplicaSet::replicas).sum();
        int room = deployment.replicas() + deployment.surge() - total;
        return room <= 0 ? size : size + Math.min(room, deployment.replicas() - size);
    }

    /// Takes away old pods: first those that serve nobody, then as many available ones as may be missing.
    private List<RolloutStep> shrinkOld(ReplicaSet current) {
        int total = all.stream().mapToInt(ReplicaSet::replicas).sum();
        int availableMin = deployment.replicas() - deployment.unavailable();
        int newUnavailable = current.replicas() - current.available();
        int removable = total - availableMin - newUnavailable;
        if (removable <= 0) return List.of();
        Map<ReplicaSet, Integer> sizes = new HashMap<>();
        removeUnhealthy(sizes, removable);
        removeHealthy(sizes, availableMin);
        return revisions.old().stream().filter(sizes::containsKey).flatMap(set -> scale(set, sizes.get(set)).stream()).toList();
    }

    private void removeUnhealthy(Map<ReplicaSet, Integer> sizes, int removable) {
        for (var set : revisions.old()) {
            int removed = Math.min(removable, Math.max(0, set.replicas() - set.available()));
            if (removed > 0) sizes.put(set, set.replicas() - removed);
            removable -= removed;
        }
    }

    private void removeHealthy(Map<ReplicaSet, Integer> sizes, int availableMin) {
        int removable = all.stream().mapToInt(ReplicaSet::available).sum() - availableMin;
        for (var set : revisions.old()) {
            int size = sizes.getOrDefault(set, set.replicas());
            int removed = Math.clamp(removable, 0, size);
            if (removed > 0) sizes.put(set, size - removed);
            removable -= removed;
        }
    }

    private List<RolloutStep> scale(ReplicaSet set, int replicas) {
        return resized(deployment, set, replicas).map(List::of).orElse(List.of());
    }

    /// The step that gives a ReplicaSet that size, if it has another or its notes are of another.
    static Optional<RolloutStep> resized(Deployment deployment, ReplicaSet set, int replicas) {
        var sizes = Revisions.sizes(deployment);
        if (set.replicas() == replicas && set.metadata().annotations().entrySet().containsAll(sizes.entrySet())) return Optional.empty();
        return Optional.of(new Scale(set, replicas, sizes));
    }

    private List<RolloutStep> forgotten() {
        var idle = revisions.old().stream().filter(set -> !set.metadata().deleting()).toList();
        int excess = idle.size() - deployment.revisionHistoryLimit();
        if (excess <= 0) return List.of();
        return idle.stream().sorted(Comparator.comparingLong(Revisions::revision)).limit(excess)
                .filter(set -> set.replicas() == 0 && set.count("replicas") == 0
                        && set.status().at("observedGeneration").integer(0L) >= set.metadata().generation())
                .<RolloutStep>map(Delete::new).toList();
    }
}
