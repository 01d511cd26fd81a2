package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// One pod on every node that takes one. Pure.
/// @param create the nodes that miss their pod
/// @param delete pods that are on the wrong node, have ended, are one too many or of an old template
record DaemonSetPlan(List<String> create, List<Pod> delete) {
    /// Daemons run where others may not: on a node that is not ready, cordoned or short of something.
    private static final Map<String, String> TOLERATED = new TreeMap<>(Map.of(
            "node.kubernetes.io/not-ready", "NoExecute", "node.kubernetes.io/unreachable", "NoExecute",
            "node.kubernetes.io/disk-pressure", "NoSchedule", "node.kubernetes.io/memory-pressure", "NoSchedule",
            "node.kubernetes.io/pid-pressure", "NoSchedule", "node.kubernetes.io/unschedulable", "NoSchedule"));

    static DaemonSetPlan of(DaemonSet set, List<Node> nodes, List<Pod> pods, String hash, Instant now) {
        var create = new ArrayList<String>();
        var delete = new ArrayList<Pod>();
        var wanted = wanted(set, nodes);
        var kept = new ArrayList<Pod>();
        for (var pod : pods) {
            if (pod.metadata().deleting()) continue;
            boolean first = kept.stream().noneMatch(other -> node(other).equals(node(pod)));
            if (wanted.contains(node(pod)) && !pod.isFinished() && first) kept.add(pod);
            else delete.add(pod);
        }
        for (var node : wanted) {
            // One that is on its way out still holds its ports and files: its successor waits.
            if (pods.stream().noneMatch(pod -> node(pod).equals(node))) create.add(node);
        }
        if (!set.onDelete()) delete.addAll(renewed(set, wanted.size(), kept, hash, now));
        return new DaemonSetPlan(create, delete);
    }

    static List<String> wanted(DaemonSet set, List<Node> nodes) {
        return nodes.stream().filter(node -> takes(set, node)).map(Node::name).toList();
    }

    private static boolean takes(DaemonSet set, Node node) {
        var tolerations = tolerations(set.template());
        return NodeSelection.selects(set.needs(), node) && node.taints().stream()
                .allMatch(taint -> taint.effect().equals("PreferNoSchedule") || Tolerations.tolerate(tolerations, taint));
    }

    /// Where a pod is, or is bound to go.
    static String node(Pod pod) {
        if (pod.isBound()) return pod.nodeName();
        var terms = pod.needs().affinity().at("nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms");
        return terms.at(0).at("matchFields").at(0).at("values").at(0).text("");
    }

    /// Old pods that are not available go at once, available ones as far as may be missing.
    private static List<Pod> renewed(DaemonSet set, int wanted, List<Pod> kept, String hash, Instant now) {
        int allowed = set.maxUnavailable().isNull() ? 1 : Math.max(1, IntOrPercent.of(set.maxUnavailable(), wanted, true));
        int available = (int) kept.stream().filter(pod -> pod.isAvailable(set.minReady(), now)).count();
        int removable = Math.max(0, available - (wanted - allowed));
        var old = kept.stream().filter(pod -> !StatefulSetPlan.hash(pod).equals(hash)).toList();
        var renewed = new ArrayList<>(old.stream().filter(pod -> !pod.isAvailable(set.minReady(), now)).toList());
        old.stream().filter(pod -> pod.isAvailable(set.minReady(), now)).limit(removable).forEach(renewed::add);
        return renewed;
    }

    /// A pod for one node: it may go nowhere else, and goes through the scheduler like any other.
    static JsonObject pod(DaemonSet set, String node, String hash, String name) {
        var pod = PodTemplate.pod(set.template(), set.reference(), name, set.metadata().name() + "-");
        var field = JsonObject.of("key", "metadata.name", "operator", "In", "values", List.of(node));
        var terms = new ArrayList<Json>();
        var path = new String[] {"spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms"};
        var own = set.template().at("spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution",
                "nodeSelectorTerms").array();
        for (var term : own) terms.add(term.object().with("matchFields", List.of(field)));
        if (terms.isEmpty()) terms.add(JsonObject.of("matchFields", List.of(field)));
        return pod.withAt(hash, "metadata", "labels", TemplateRevision.HASH_LABEL).withAt(terms, path)
                .withAt(tolerations(set.template()), "spec", "tolerations");
    }

    private static JsonArray tolerations(Json template) {
        var tolerations = new ArrayList<>(template.at("spec", "tolerations").array().elements());
        TOLERATED.forEach((key, effect) -> tolerations.add(JsonObject.of("key", key, "operator", "Exists", "effect", effect)));
        if (template.at("spec", "hostNetwork").bool(false)) {
            tolerations.add(JsonObject.of("key", "node.kubernetes.io/network-unavailable", "operator", "Exists", "effect", "NoSchedule"));
        }
        return new JsonArray(tolerations);
    }

    static JsonObject status(DaemonSet set, List<Node> nodes, List<Pod> pods, String hash, Instant now) {
        var wanted = Set.copyOf(wanted(set, nodes));
        var there = pods.stream().filter(pod -> !pod.metadata().deleting()).toList();
        var right = there.stream().filter(pod -> wanted.contains(node(pod))).toList();
        long available = right.stream().filter(pod -> pod.isAvailable(set.minReady(), now)).count();
        return JsonObject.of("currentNumberScheduled", right.size(), "numberMisscheduled", there.size() - right.size(),
                "desiredNumberScheduled", wanted.size(), "numberReady", right.stream().filter(Pod::ready).count(),
                "observedGeneration", set.metadata().generation(),
                "updatedNumberScheduled", present(right.stream().filter(pod -> StatefulSetPlan.hash(pod).equals(hash)).count()),
                "numberAvailable", present(available), "numberUnavailable", present(wanted.size() - available));
    }

    private static Long present(long count) {
        return count == 0 ? null : Long.valueOf(count);
    }
}
