package home.oikos.workloads;

import home.oikos.workloads.Node.Taint;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The taints a node should have for the state it is in. Pure. Only those that keep new pods away: evicting the pods of a home's one
/// machine because its own report is late would stop what still runs, and there is nowhere to move it to.
final class NodeTaints {
    private static final String NOT_READY = "node.kubernetes.io/not-ready";
    private static final String UNREACHABLE = "node.kubernetes.io/unreachable";
    private static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";
    private static final Map<String, String> PRESSURES = Map.of("MemoryPressure", "node.kubernetes.io/memory-pressure",
            "DiskPressure", "node.kubernetes.io/disk-pressure", "PIDPressure", "node.kubernetes.io/pid-pressure",
            "NetworkUnavailable", "node.kubernetes.io/network-unavailable");

    private NodeTaints() { }

    /// The taints, those of others first as they were.
    static List<Taint> of(Node node) {
        var wanted = wanted(node);
        var taints = new ArrayList<Taint>();
        for (var taint : node.taints()) {
            if (!isOurs(taint, node) || wanted.remove(taint.key())) taints.add(taint);
        }
        for (var key : wanted) taints.add(new Taint(key, "", "NoSchedule"));
        return taints;
    }

    /// A node that has not spoken yet keeps the taint it was admitted with.
    private static boolean isOurs(Taint taint, Node node) {
        boolean aboutReady = taint.key().equals(NOT_READY) || taint.key().equals(UNREACHABLE);
        return taint.effect().equals("NoSchedule") && (aboutReady && node.conditions().containsKey("Ready")
                || taint.key().equals(UNSCHEDULABLE) || PRESSURES.containsValue(taint.key()));
    }

    private static Set<String> wanted(Node node) {
        var wanted = new LinkedHashSet<String>();
        switch (node.conditions().getOrDefault("Ready", "")) {
            case "False" -> wanted.add(NOT_READY);
            case "Unknown" -> wanted.add(UNREACHABLE);
            default -> { }
        }
        PRESSURES.forEach((condition, key) -> {
            if ("True".equals(node.conditions().get(condition))) wanted.add(key);
        });
        if (node.unschedulable()) wanted.add(UNSCHEDULABLE);
        return wanted;
    }
}
