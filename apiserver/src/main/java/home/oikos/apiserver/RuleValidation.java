package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonBoolean;
import home.oikos.api.JsonObject;
import home.oikos.cel.CelException;
import home.oikos.cel.CelProgram;
import home.oikos.cel.TypedValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Checks objects of one custom kind against the rules in CEL that its schema carries. Each rule is compiled when first needed. Free for any thread.
final class RuleValidation {
    private final StructuralSchema schema;
    private final RuleCompiler compiler;
    private final Map<String, CelProgram> programs = new ConcurrentHashMap<>();

    RuleValidation(StructuralSchema schema, RuleCompiler compiler) {
        this.schema = schema;
        this.compiler = compiler;
    }

    /// @param old null for a new object
    void validate(JsonObject object, JsonObject old, List<FieldError> errors) {
        node(visible(object), old == null ? null : visible(old), schema, "", errors);
    }

    /// Of its metadata a rule sees the name alone.
    private static JsonObject visible(JsonObject object) {
        var metadata = object.at("metadata");
        return object.with("metadata", JsonObject.of("name", metadata.at("name"), "generateName", metadata.at("generateName").isNull() ? null
                : metadata.at("generateName")));
    }

    private void node(Json value, Json old, StructuralSchema node, String path, List<FieldError> errors) {
        if (!node.hasRules() || value.isNull()) return;
        for (var rule : node.validations()) rule(rule, value, old, node, path, errors);
        switch (value) {
            case JsonObject object -> object.members().forEach((name, member) -> {
                var known = node.member(name);
                if (known != null) node(member, Correlation.member(old, name), known, path(path, name, node), errors);
            });
            case JsonArray list when node.items() != null -> {
                for (int i = 0; i < list.size(); i++) {
                    node(list.at(i), Correlation.item(old, list.at(i), node.listType()), node.items(), path + "[" + i + "]", errors);
                }
            }
            default -> { }
        }
    }

    /// A member of a map is told by its key in brackets.
    private static String path(String path, String name, StructuralSchema node) {
        return node.properties().containsKey(name) ? SchemaValidation.below(path, name) : path + "[" + name + "]";
    }

    /// Rules that compare with the past run where there is one; the others run where something has changed.
    private void rule(CelRule rule, Json value, Json old, StructuralSchema node, String path, List<FieldError> errors) {
        if (rule.readsOldSelf() ? old == null && !rule.optionalOldSelf() : value.equals(old)) return;
        var at = rule.fieldPath().isEmpty() ? path : path + rule.fieldPath();
        var values = values(rule, value, old, node);
        try {
            if (program(rule.rule()).evaluate(values) instanceof JsonBoolean(var holds) && holds) return;
            errors.add(RuleError.of(rule, at(at), value, message(rule, values)));
        } catch (CelException e) {
            errors.add(RuleError.failed(at(path), value, node.type(), e.getMessage(), rule));
        }
    }

    private static String at(String path) {
        return path.isEmpty() ? SchemaValidation.NOWHERE : path.startsWith(".") ? path.substring(1) : path;
    }

    private static Map<String, Object> values(CelRule rule, Json value, Json old, StructuralSchema node) {
        var values = new HashMap<String, Object>();
        values.put("self", TypedValues.of(value, RuleTypes.of(node)));
        var before = old == null ? null : TypedValues.of(old, RuleTypes.of(node));
        if (rule.optionalOldSelf()) values.put("oldSelf", Optional.ofNullable(before));
        else if (before != null) values.put("oldSelf", before);
        return values;
    }

    private CelProgram program(String text) {
        return programs.computeIfAbsent(text, compiler::compile);
    }

    /// What the rule says of itself. An expression for it that fails leaves the plain text.
    private String message(CelRule rule, Map<String, Object> values) {
        if (!rule.messageExpression().isEmpty()) {
            try {
                var text = program(rule.messageExpression()).evaluate(values).text("").strip();
                if (!text.isEmpty() && text.indexOf('\n') < 0) return text;
            } catch (CelException _) {
                return rule.told();
            }
        }
        return rule.told();
    }
}
