package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.controller.LabelSelector;
import java.util.List;
import java.util.Map;

/// Pod affinity and anti-affinity: who already runs in the same topology as a node. Pure.
/// @param pods the bound pods that have not ended
/// @param nodes all nodes by name
record Neighbourhood(List<Pod> pods, Map<String, Node> nodes) {
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

    /// Every affinity term needs a matching pod nearby. A pod that matches its own terms may be the first.
    boolean attracts(Pod pod, Node node) {
        for (var term : pod.needs().affinity().at("podAffinity", REQUIRED).array()) {
            if (!hasTopology(term, node)) return false;
            boolean near = pods.stream().anyMatch(other -> matches(term, pod, other) && isNear(term, other, node));
            boolean first = matches(term, pod, pod) && pods.stream().noneMatch(other -> matches(term, pod, other));
            if (!near && !first) return false;
        }
        return true;
    }

    /// No pod nearby may be one this pod keeps away from.
    boolean repels(Pod pod, Node node) {
        return pod.needs().affinity().at("podAntiAffinity", REQUIRED).array().stream()
                .anyMatch(term -> pods.stream().anyMatch(other -> matches(term, pod, other) && isNear(term, other, node)));
    }

    /// Nor may one be there that keeps away from this pod.
    boolean isRepelled(Pod pod, Node node) {
        return pods.stream().anyMatch(other -> other.needs().affinity().at("podAntiAffinity", REQUIRED).array().stream()
                .anyMatch(term -> matches(term, other, pod) && isNear(term, other, node)));
    }

    private static boolean matches(Json term, Pod holder, Pod other) {
        return isInNamespaces(term, holder, other) && LabelSelector.of(term.at("labelSelector")).matches(other.metadata().labels());
    }

    /// An empty namespaceSelector means all namespaces; a narrower one is not looked up, it then means the named ones alone.
    private static boolean isInNamespaces(Json term, Pod holder, Pod other) {
        var namespace = other.metadata().key().namespace();
        var named = term.at("namespaces").array();
        var selector = term.at("namespaceSelector");
        if (selector.isPresent() && selector.object().isEmpty()) return true;
        if (named.isEmpty()) return namespace.equals(holder.metadata().key().namespace());
        return named.stream().anyMatch(name -> name.text("").equals(namespace));
    }

    private static boolean hasTopology(Json term, Node node) {
        return node.metadata().labels().containsKey(term.at("topologyKey").text(""));
    }

    private boolean isNear(Json term, Pod other, Node node) {
        var key = term.at("topologyKey").text("");
        var place = node.metadata().labels().get(key);
        var home = nodes.get(other.nodeName());
        return place != null && home != null && place.equals(home.metadata().labels().get(key));
    }
}
