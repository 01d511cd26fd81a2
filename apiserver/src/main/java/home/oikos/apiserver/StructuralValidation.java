package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.cel.CelException;
import java.util.List;
import java.util.Set;

/// What is wrong with the schema of a custom kind: it must be structural, its defaults must satisfy it, and its rules must be CEL.
final class StructuralValidation {
    private static final List<String> TYPES = List.of("array", "boolean", "integer", "number", "object", "string");
    private static final List<String> REASONS = List.of("FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired");
    /// What the schemas inside allOf, anyOf, oneOf and not must leave to the structure outside.
    private static final List<String> STRUCTURE = List.of("type", "additionalProperties", "default", "description", "nullable", "title",
            "x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource");
    private static final Set<String> METADATA = Set.of("name", "generateName");

    private final RuleCompiler compiler;
    private final List<FieldError> errors;

    private StructuralValidation(RuleCompiler compiler, List<FieldError> errors) {
        this.compiler = compiler;
        this.errors = errors;
    }

    static void validate(JsonObject schema, String path, RuleCompiler compiler, List<FieldError> errors) {
        var validation = new StructuralValidation(compiler, errors);
        var type = schema.at("type").text("");
        if (type.isEmpty()) errors.add(FieldError.required(path + ".type", "must not be empty at the root"));
        else if (!type.equals("object")) {
            errors.add(FieldError.invalid(path + ".type", type, "must be object at the root"));
            return;
        }
        validation.metadata(schema.at("properties", "metadata"), path + ".properties[metadata]");
        validation.node(schema, path, null, "");
    }

    private void metadata(Json schema, String path) {
        if (METADATA.containsAll(schema.at("properties").object().names())) return;
        errors.add(FieldError.forbidden(path, "must not specify anything other than name and generateName, but metadata is implicitly specified"));
    }

    /// @param where "object fields" or "array items", for the message; null at the root
    /// @param mixing the path of the innermost list outside whose items cannot be told apart from one version to the next; empty for none
    private void node(JsonObject schema, String path, String where, String mixing) {
        type(schema, path, where);
        combined(schema, path);
        extensions(schema, path);
        list(schema, path);
        rules(schema, path, mixing);
        defaults(schema, path);
        inner(schema, path, mixing);
    }

    private void type(JsonObject schema, String path, String where) {
        var type = schema.at("type").text("");
        if (type.isEmpty()) {
            var free = schema.at("x-kubernetes-int-or-string").bool(false) || schema.at("x-kubernetes-preserve-unknown-fields").bool(false);
            if (where != null && !free) errors.add(FieldError.required(path + ".type", "must not be empty for specified " + where));
        } else if (!TYPES.contains(type)) errors.add(FieldError.notSupported(path + ".type", type, TYPES));
    }

    /// Schemas combined inside judge values, but do not say how objects are built.
    private void combined(JsonObject schema, String path) {
        for (var name : List.of("allOf", "anyOf", "oneOf")) {
            var list = schema.at(name).array();
            for (int i = 0; i < list.size(); i++) valueOnly(list.at(i).object(), path + "." + name + "[" + i + "]", schema);
        }
        if (schema.at("not") instanceof JsonObject not) valueOnly(not, path + ".not", schema);
    }

    private void valueOnly(JsonObject schema, String path, JsonObject outside) {
        var mixed = outside.at("x-kubernetes-int-or-string").bool(false);
        for (var name : STRUCTURE) {
            if (schema.has(name) && !(mixed && name.equals("type"))) errors.add(FieldError.forbidden(path + "." + name, "must be empty to be structural"));
        }
        schema.at("properties").object().members().forEach((name, inner) -> valueOnly(inner.object(), path + ".properties[" + name + "]", JsonObject.EMPTY));
        if (schema.at("items") instanceof JsonObject items) valueOnly(items, path + ".items", JsonObject.EMPTY);
    }

    private void extensions(JsonObject schema, String path) {
        var preserve = schema.at("x-kubernetes-preserve-unknown-fields");
        if (preserve.isPresent() && !preserve.bool(false)) {
            errors.add(FieldError.invalid(path + ".x-kubernetes-preserve-unknown-fields", false, "must be true or undefined"));
        }
        if (schema.at("x-kubernetes-embedded-resource").bool(false) && !preserve.bool(false) && schema.at("properties").object().isEmpty()) {
            errors.add(FieldError.required(path + ".properties",
                    "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields"));
        }
        if (schema.at("uniqueItems").bool(false)) {
            errors.add(FieldError.forbidden(path + ".uniqueItems", "uniqueItems cannot be set to true since the runtime complexity becomes quadratic"));
        }
        if (schema.has("properties") && schema.has("additionalProperties") && !schema.at("properties").object().isEmpty()) {
            errors.add(FieldError.forbidden(path + ".additionalProperties", "additionalProperties and properties are mutual exclusive"));
        }
        if (schema.at("pattern").text().isPresent()) pattern(schema.at("pattern").text(""), path + ".pattern");
    }

    private void pattern(String text, String path) {
        try {
            GoPattern.compile(text);
        } catch (java.util.regex.PatternSyntaxException e) {
            errors.add(FieldError.invalid(path, text, "must be a valid regular expression, but isn't: " + e.getDescription()));
        }
    }

    private void list(JsonObject schema, String path) {
        if (schema.at("type").text("").equals("array") && !(schema.at("items") instanceof JsonObject)) {
            errors.add(FieldError.required(path + ".items", "must be specified"));
        }
        var type = schema.at("x-kubernetes-list-type").text("atomic");
        var keys = schema.at("x-kubernetes-list-map-keys").array();
        switch (type) {
            case "atomic" -> { }
            case "set" -> {
                if (schema.at("items", "type").text("").equals("object") && !schema.at("items", "x-kubernetes-map-type").text("").equals("atomic")) {
                    errors.add(FieldError.invalid(path + ".items.x-kubernetes-map-type", schema.at("items", "x-kubernetes-map-type"),
                            "must be atomic as item of a list with x-kubernetes-list-type=set"));
                }
            }
            case "map" -> keys(schema, keys, path);
            default -> errors.add(FieldError.notSupported(path + ".x-kubernetes-list-type", type, List.of("atomic", "map", "set")));
        }
    }

    private void keys(JsonObject schema, JsonArray keys, String path) {
        if (keys.isEmpty()) errors.add(FieldError.required(path + ".x-kubernetes-list-map-keys", "must not be empty if x-kubernetes-list-type is map"));
        var items = schema.at("items");
        for (int i = 0; i < keys.size(); i++) {
            var key = keys.at(i).text("");
            var property = items.at("properties", key);
            if (property.isNull()) {
                errors.add(FieldError.invalid(path + ".x-kubernetes-list-map-keys[" + i + "]", key,
                        "entries must all be names of item properties"));
            } else if (property.at("default").isNull() && !items.at("required").array().elements().contains(Json.of(key))) {
                errors.add(FieldError.required(path + ".items.properties[" + key + "].default",
                        "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property"));
            }
        }
    }

    private void rules(JsonObject schema, String path, String mixing) {
        var rules = CelRule.of(schema);
        for (int i = 0; i < rules.size(); i++) {
            rule(rules.get(i), schema, path + ".x-kubernetes-validations[" + i + "]");
            if (!mixing.isEmpty() && rules.get(i).readsOldSelf()) {
                errors.add(FieldError.invalid(path + ".x-kubernetes-validations[" + i + "].rule", rules.get(i).rule(),
                        "oldSelf cannot be used on the uncorrelatable portion of the schema within " + mixing));
            }
        }
    }

    private void rule(CelRule rule, JsonObject schema, String path) {
        if (rule.rule().isBlank()) errors.add(FieldError.required(path + ".rule", "rule is not specified"));
        else compiled(rule, rule.rule(), schema, path, ".rule");
        if (!rule.messageExpression().isEmpty()) compiled(rule, rule.messageExpression(), schema, path, ".messageExpression");
        if (rule.message().indexOf('\n') >= 0) errors.add(FieldError.invalid(path + ".message", rule.message(), "message must not contain line breaks"));
        if (!REASONS.contains(rule.reason())) errors.add(FieldError.notSupported(path + ".reason", rule.reason(), REASONS));
        if (!rule.fieldPath().isEmpty() && !isPath(schema, rule.fieldPath())) {
            errors.add(FieldError.invalid(path + ".fieldPath", rule.fieldPath(), "must be a valid path"));
        }
    }

    private static boolean isPath(JsonObject schema, String fieldPath) {
        try {
            var node = StructuralSchema.of(schema);
            for (var name : JsonPath.parse(fieldPath).names()) {
                node = node == null ? null : node.member(name);
            }
            return node != null;
        } catch (IllegalArgumentException | ClassCastException _) {
            return false;
        }
    }

    private void compiled(CelRule rule, String text, JsonObject schema, String path, String field) {
        var message = field.equals(".messageExpression");
        try {
            var self = RuleTypes.of(StructuralSchema.of(schema), path.contains("openAPIV3Schema.x-kubernetes-validations"));
            var type = compiler.typeOf(text, self, rule.optionalOldSelf());
            if (type.equals("dyn") || type.equals(message ? "string" : "bool")) return;
            errors.add(FieldError.invalid(path + field, rule.shown(), message ? "messageExpression must evaluate to a string"
                    : "cel expression must evaluate to a bool"));
        } catch (CelException e) {
            errors.add(FieldError.invalid(path + field, rule.shown(), (message ? "messageExpression compilation failed: "
                    : "compilation failed: ") + e.getMessage()));
        }
    }

    /// A default must be a value that its own schema accepts.
    private void defaults(JsonObject schema, String path) {
        if (schema.at("default").isNull() || !errors.isEmpty()) return;
        var node = StructuralSchema.of(schema.without("default"));
        var value = schema.at("default");
        if (value instanceof JsonObject object) {
            var pruner = new Pruner();
            pruner.root(object, node);
            if (!pruner.unknown().isEmpty()) {
                errors.add(FieldError.invalid(path + ".default", value, "must not have unknown fields"));
                return;
            }
            value = CustomDefaults.apply(object, node);
        }
        for (var error : SchemaValidation.value(value, node)) errors.add(new FieldError(error.type(), path + ".default" + error.field(), error.message()));
    }

    private void inner(JsonObject schema, String path, String mixing) {
        schema.at("properties").object().members().forEach((name, property) -> {
            if (path.endsWith("openAPIV3Schema") && name.equals("metadata")) return;
            node(property.object(), path + ".properties[" + name + "]", "object fields", mixing);
        });
        if (schema.at("additionalProperties") instanceof JsonObject values) node(values, path + ".additionalProperties", "object fields", mixing);
        var told = schema.at("x-kubernetes-list-type").text("").equals("map") ? mixing : path;
        if (schema.at("items") instanceof JsonObject items) node(items, path + ".items", "array items", told);
    }
}
