package home.oikos.workloads;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Spreads a new size over the ReplicaSets of a Deployment that is scaled in the middle of a rollout, or paused: each keeps its share, so
/// that the risk stays what it was. Pure.
record ProportionalScaling(Deployment deployment, Revisions revisions) {
    List<RolloutStep> steps() {
        var active = all().filter(ReplicaSet::isActive).toList();
        if (active.size() <= 1) return onlyOne(active);
        if (isSaturated()) return revisions.old().stream().filter(ReplicaSet::isActive).flatMap(set -> resized(set, 0)).toList();
        return deployment.recreate() ? List.of() : spread(active);
    }

    private Stream<ReplicaSet> all() {
        return Stream.concat(revisions.old().stream(), revisions.current().stream());
    }

    private List<RolloutStep> onlyOne(List<ReplicaSet> active) {
        var one = active.stream().findFirst().or(revisions::current).or(() -> all().reduce((_, newer) -> newer));
        return one.stream().flatMap(set -> resized(set, deployment.replicas())).toList();
    }

    private Stream<RolloutStep> resized(ReplicaSet set, int replicas) {
        return RolloutPlan.resized(deployment, set, replicas).stream();
    }

    private boolean isSaturated() {
        return revisions.current().filter(set -> set.replicas() == deployment.replicas()
                && set.annotated(Revisions.DESIRED, -1) == deployment.replicas()
                && set.available() == deployment.replicas()).isPresent();
    }

    private List<RolloutStep> spread(List<ReplicaSet> active) {
        int total = active.stream().mapToInt(ReplicaSet::replicas).sum();
        int allowed = deployment.replicas() == 0 ? 0 : deployment.replicas() + deployment.surge();
        int toAdd = allowed - total;
        var ordered = new ArrayList<>(active);
        ordered.sort(Comparator.comparingInt(ReplicaSet::replicas).reversed().thenComparing(age(toAdd > 0)));
        return sizes(ordered, toAdd).entrySet().stream().flatMap(size -> resized(size.getKey(), size.getValue())).toList();
    }

    /// Of equals, the newest grows and the oldest shrinks.
    private static Comparator<ReplicaSet> age(boolean newestFirst) {
        var byAge = Comparator.comparing((ReplicaSet set) -> set.metadata().creationTime());
        return newestFirst ? byAge.reversed() : byAge;
    }

    private Map<ReplicaSet, Integer> sizes(List<ReplicaSet> ordered, int toAdd) {
        var sizes = new LinkedHashMap<ReplicaSet, Integer>();
        int added = 0;
        for (var set : ordered) {
            int share = share(set, toAdd, added);
            sizes.put(set, set.replicas() + share);
            added += share;
        }
        sizes.merge(ordered.getFirst(), toAdd - added, Integer::sum);
        sizes.replaceAll((_, size) -> Math.max(0, size));
        return sizes;
    }

    private int share(ReplicaSet set, int toAdd, int added) {
        int left = toAdd - added;
        if (toAdd == 0 || left == 0) return 0;
        return toAdd > 0 ? Math.min(fraction(set), left) : Math.max(fraction(set), left);
    }

    private int fraction(ReplicaSet set) {
        if (deployment.replicas() == 0) return -set.replicas();
        int max = deployment.replicas() + deployment.surge();
        int maxBefore = set.annotated(Revisions.MAX, deployment.count("replicas"));
        if (maxBefore == 0) return 0;
        return (int) Math.round((double) set.replicas() * max / maxBefore) - set.replicas();
    }
}
