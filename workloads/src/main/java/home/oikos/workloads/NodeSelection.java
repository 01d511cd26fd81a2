package home.oikos.workloads;

import home.oikos.api.Json;
import java.util.Map;

/// A pod's nodeSelector and required node affinity, against one node.
final class NodeSelection {
    private NodeSelection() { }

    static boolean selects(PodNeeds needs, Node node) {
        if (!node.metadata().labels().entrySet().containsAll(needs.nodeSelector().entrySet())) return false;
        var required = needs.affinity().at("nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
        return required.isNull() || matchesAny(required.at("nodeSelectorTerms"), node);
    }

    static boolean matchesAny(Json terms, Node node) {
        return terms.array().stream().anyMatch(term -> matches(term, node));
    }

    /// Terms are alternatives; within one, all must hold. An empty term matches nothing.
    private static boolean matches(Json term, Node node) {
        var expressions = term.at("matchExpressions").array();
        var fields = term.at("matchFields").array();
        if (expressions.isEmpty() && fields.isEmpty()) return false;
        return expressions.stream().allMatch(expression -> holds(expression, node.metadata().labels()))
                && fields.stream().allMatch(field -> holds(field, Map.of("metadata.name", node.name())));
    }

    private static boolean holds(Json expression, Map<String, String> labels) {
        var value = labels.get(expression.at("key").text(""));
        var values = expression.at("values").array().stream().map(each -> each.text("")).toList();
        return switch (expression.at("operator").text("")) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            case "Gt" -> compare(value, values) > 0;
            case "Lt" -> compare(value, values) < 0;
            default -> false;
        };
    }

    private static int compare(String value, java.util.List<String> values) {
        try {
            return value == null || values.size() != 1 ? 0 : Long.compare(Long.parseLong(value), Long.parseLong(values.getFirst()));
        } catch (NumberFormatException noNumber) {
            return 0;
        }
    }
}
