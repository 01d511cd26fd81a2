package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/// What a ClusterRole with an `aggregationRule` consists of: the rules of all ClusterRoles that one of its selectors chooses.
final class RbacAggregation {
    private RbacAggregation() { }

    static boolean isGathering(JsonObject role) {
        return role.at("aggregationRule").isPresent();
    }

    /// @param all every ClusterRole, in any order
    static JsonArray rules(JsonObject role, List<JsonObject> all) {
        var rules = new LinkedHashSet<Json>();
        var name = role.at("metadata", "name");
        var inOrder = all.stream().sorted(Comparator.comparing(each -> each.at("metadata", "name").text(""))).toList();
        for (var selector : role.at("aggregationRule", "clusterRoleSelectors").array()) {
            for (var other : inOrder) {
                if (!other.at("metadata", "name").equals(name) && chooses(selector, other)) other.at("rules").array().forEach(rules::add);
            }
        }
        return new JsonArray(List.copyOf(rules));
    }

    private static boolean chooses(Json selector, JsonObject role) {
        var labels = role.at("metadata", "labels");
        var matches = selector.at("matchLabels").object().members().entrySet().stream().allMatch(wanted ->
                labels.at(wanted.getKey()).equals(wanted.getValue()));
        return matches && selector.at("matchExpressions").array().stream().allMatch(expression -> holds(expression, labels));
    }

    private static boolean holds(Json expression, Json labels) {
        var value = labels.at(expression.at("key").text(""));
        var among = expression.at("values").array().elements().contains(value);
        return switch (expression.at("operator").text("")) {
            case "In" -> value.isPresent() && among;
            case "NotIn" -> value.isNull() || !among;
            case "Exists" -> value.isPresent();
            case "DoesNotExist" -> value.isNull();
            default -> false;
        };
    }
}
