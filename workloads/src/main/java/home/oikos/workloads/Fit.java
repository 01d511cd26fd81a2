package home.oikos.workloads;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Whether a pod can run on a node, and if not why not, in Kubernetes' words. Pure.
/// @param reasons empty when it fits
record Fit(List<String> reasons) {
    static final Fit YES = new Fit(List.of());

    Fit {
        reasons = List.copyOf(reasons);
    }

    /// @param there the pods on that node that have not ended
    static Fit of(Pod pod, Node node, List<Pod> there, Neighbourhood around) {
        var needs = pod.needs();
        var unschedulable = new Node.Taint("node.kubernetes.io/unschedulable", "", "NoSchedule");
        if (node.unschedulable() && !Tolerations.tolerate(needs.tolerations(), unschedulable)) return no("node(s) were unschedulable");
        if (node.taints().stream().anyMatch(taint -> bars(taint, needs))) return no("node(s) had untolerated taint(s)");
        if (!NodeSelection.selects(needs, node)) return no("node(s) didn't match Pod's node affinity/selector");
        if (there.stream().anyMatch(other -> other.needs().clashes(needs))) {
            return no("node(s) didn't have free ports for the requested pod ports");
        }
        var shortages = shortages(needs.requests(), node, there);
        if (!shortages.isEmpty()) return new Fit(shortages);
        return neighbours(pod, node, around);
    }

    private static Fit no(String reason) {
        return new Fit(List.of(reason));
    }

    private static boolean bars(Node.Taint taint, PodNeeds needs) {
        return !taint.effect().equals("PreferNoSchedule") && !Tolerations.tolerate(needs.tolerations(), taint);
    }

    private static List<String> shortages(Resourcing wanted, Node node, List<Pod> there) {
        var shortages = new ArrayList<String>();
        if ((there.size() + 1) * 1000L > node.allocatable().of("pods")) shortages.add("Too many pods");
        var used = there.stream().map(other -> other.needs().requests()).reduce(Resourcing.NONE, Resourcing::plus);
        for (var name : new TreeSet<>(wanted.milli().keySet())) {
            long amount = wanted.of(name);
            if (amount > 0 && used.of(name) + amount > node.allocatable().of(name)) shortages.add("Insufficient " + name);
        }
        return shortages;
    }

    private static Fit neighbours(Pod pod, Node node, Neighbourhood around) {
        if (around.isRepelled(pod, node)) return no("node(s) didn't satisfy existing pods anti-affinity rules");
        if (!around.attracts(pod, node)) return no("node(s) didn't match pod affinity rules");
        return around.repels(pod, node) ? no("node(s) didn't match pod anti-affinity rules") : YES;
    }

    boolean isYes() {
        return reasons.isEmpty();
    }
}
