package home.oikos.controller;

import home.oikos.api.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A metav1.LabelSelector. Empty selects everything; an absent one (JSON null) selects nothing.
public record LabelSelector(boolean present, List<Requirement> requirements) {
    public static final LabelSelector NOTHING = new LabelSelector(false, List.of());

    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    /// What one label must be.
    public record Requirement(String key, Operator operator, List<String> values) {
        public Requirement {
            values = List.copyOf(values);
        }

        boolean matches(Map<String, String> labels) {
            var value = labels.get(key);
            return switch (operator) {
                case In -> value != null && values.contains(value);
                case NotIn -> value == null || !values.contains(value);
                case Exists -> value != null;
                case DoesNotExist -> value == null;
            };
        }
    }

    public enum Operator { In, NotIn, Exists, DoesNotExist }

    /// A LabelSelector of an object.
    public static LabelSelector of(Json selector) {
        if (selector.isNull()) return NOTHING;
        var requirements = new ArrayList<>(labels(selector.at("matchLabels")));
        for (var expression : selector.at("matchExpressions").array()) requirements.add(requirement(expression));
        return new LabelSelector(true, requirements);
    }

    /// The plain map that Services and ReplicationControllers have; an empty one selects nothing.
    public static LabelSelector ofMap(Json map) {
        return map.object().isEmpty() ? NOTHING : new LabelSelector(true, labels(map));
    }

    private static List<Requirement> labels(Json map) {
        return map.object().members().entrySet().stream()
                .map(label -> new Requirement(label.getKey(), Operator.In, List.of(label.getValue().text("")))).toList();
    }

    private static Requirement requirement(Json expression) {
        var values = expression.at("values").array().stream().map(value -> value.text("")).toList();
        return new Requirement(expression.at("key").text(""), Operator.valueOf(expression.at("operator").text("")), values);
    }

    public boolean matches(Map<String, String> labels) {
        if (!present) return false;
        for (var requirement : requirements) if (!requirement.matches(labels)) return false;
        return true;
    }
}
