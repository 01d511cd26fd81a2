package home.oikos.workloads;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Where a pod goes, or why it can go nowhere. Pure.
/// @param message empty when a node was found
record SchedulePlan(Optional<String> nodeName, String message) {
    /// @param bound the pods that have a node and have not ended
    /// @param volumes what the pod's claims mean for where it may run
    static SchedulePlan of(Pod pod, List<Node> nodes, List<Pod> bound, PodVolumes volumes) {
        if (nodes.isEmpty()) return new SchedulePlan(Optional.empty(), "no nodes available to schedule pods");
        if (volumes.refusal().isPresent()) return refused(nodes.size(), new TreeMap<>(Map.of(volumes.refusal().get(), 0)));
        var around = new Neighbourhood(bound, nodes.stream().collect(Collectors.toMap(Node::name, Function.identity())));
        var byNode = bound.stream().collect(Collectors.groupingBy(Pod::nodeName));
        var reasons = new TreeMap<String, Integer>();
        var fitting = nodes.stream().filter(node -> {
            var fit = volumes.areReachedFrom(node) ? Fit.of(pod, node, byNode.getOrDefault(node.name(), List.of()), around)
                    : new Fit(List.of("node(s) had volume node affinity conflict"));
            fit.reasons().forEach(reason -> reasons.merge(reason, 1, Integer::sum));
            return fit.isYes();
        }).toList();
        var emptiest = Comparator.comparing((Node node) -> byNode.getOrDefault(node.name(), List.of()).size()).thenComparing(Node::name);
        return fitting.stream().min(emptiest).map(node -> new SchedulePlan(Optional.of(node.name()), ""))
                .orElseGet(() -> refused(nodes.size(), reasons));
    }

    private static SchedulePlan refused(int nodes, TreeMap<String, Integer> reasons) {
        return new SchedulePlan(Optional.empty(), refusal(nodes, reasons));
    }

    /// A reason that counts no nodes concerns the pod alone. The last part is what Kubernetes says when moving others away would not help;
    /// we never move anybody.
    private static String refusal(int nodes, TreeMap<String, Integer> reasons) {
        var counted = reasons.entrySet().stream().map(reason -> reason.getValue() == 0 ? reason.getKey() : reason.getValue() + " " + reason.getKey()).sorted()
                .collect(Collectors.joining(", "));
        return "0/%d nodes are available: %s. no new claims to deallocate, preemption: 0/%d nodes are available: %d %s.".formatted(
                nodes, counted, nodes, nodes, "Preemption is not helpful for scheduling");
    }
}
