package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonBoolean;
import home.oikos.api.JsonDecimal;
import home.oikos.api.JsonInteger;
import home.oikos.api.JsonNull;
import home.oikos.api.JsonObject;
import home.oikos.api.JsonString;
import java.util.ArrayList;
import java.util.List;

/// Checks a value against the schema of a custom kind, in the order and in the words of kube-openapi's validator. One of these checks one
/// value.
final class SchemaValidation {
    /// What upstream prints for errors that name no field.
    static final String NOWHERE = "<nil>";

    private final List<FieldError> errors = new ArrayList<>();
    /// How many checks applied: of several alternatives that all fail, the one that came furthest is told.
    private int checks;

    private SchemaValidation() { }

    /// All that is wrong with an object: by its schema, in objects inside it, and in lists whose items must differ.
    /// @param old null for a new object; what has not changed since is not looked at
    static List<FieldError> validate(JsonObject object, JsonObject old, StructuralSchema schema) {
        var validation = new SchemaValidation();
        validation.value(object, old, schema, "");
        EmbeddedObjects.validate(object, schema, validation.errors);
        DistinctItems.validate(object, schema, "", validation.errors);
        return List.copyOf(validation.errors);
    }

    /// What a lone value has wrong by its schema.
    static List<FieldError> value(Json value, StructuralSchema schema) {
        return of(value, schema, "").errors;
    }

    private static SchemaValidation of(Json value, StructuralSchema schema, String path) {
        var validation = new SchemaValidation();
        validation.value(value, null, schema, path);
        return validation;
    }

    private void value(Json value, Json old, StructuralSchema schema, String path) {
        if (value.equals(old)) return;
        type(value, schema, path);
        if (value.isNull()) {
            enumeration(value, schema.rules(), path);
            return;
        }
        alternatives(value, schema.rules(), path);
        switch (value) {
            case JsonString(var text) -> string(text, schema.rules(), path);
            case JsonInteger _, JsonDecimal _ -> number(value, schema, path);
            case JsonArray list -> list(list, old, schema, path);
            default -> { }
        }
        enumeration(value, schema.rules(), path);
        if (value instanceof JsonObject object) object(object, old, schema, path);
    }

    private void type(Json value, StructuralSchema schema, String path) {
        var types = schema.traits().intOrString() ? "integer,string" : schema.type();
        if (types.isEmpty()) return;
        checks++;
        var found = typeOf(value);
        if (value.isNull() ? schema.traits().nullable() : fits(value, found, types)) return;
        errors.add(FieldError.typeInvalid(path, found, path + " in body must be of type " + types + ": \"" + found + "\""));
    }

    private static boolean fits(Json value, String found, String types) {
        return switch (types) {
            case "number" -> found.equals("number") || found.equals("integer");
            case "integer" -> found.equals("integer") || isWhole(value);
            case "integer,string" -> found.equals("integer") || found.equals("string") || isWhole(value);
            default -> found.equals(types);
        };
    }

    private static boolean isWhole(Json value) {
        return value instanceof JsonDecimal(var number) && number == Math.rint(number) && Math.abs(number) < 0x1p53;
    }

    private static String typeOf(Json value) {
        return switch (value) {
            case JsonObject _ -> "object";
            case JsonArray _ -> "array";
            case JsonString _ -> "string";
            case JsonInteger _ -> "integer";
            case JsonDecimal _ -> "number";
            case JsonBoolean _ -> "boolean";
            case JsonNull _ -> "null";
        };
    }

    private void invalid(String path, Object value, String why) {
        errors.add(FieldError.invalid(path, value, path + " in body " + why));
    }

    private void string(String text, ValueRules rules, String path) {
        var counts = rules.counts();
        long length = text.codePointCount(0, text.length());
        checks++;
        if (counts.maxLength().isPresent() && length > counts.maxLength().getAsLong()) errors.add(FieldError.tooLong(path,
                counts.maxLength().getAsLong()));
        else if (counts.minLength().isPresent() && length < counts.minLength().getAsLong()) {
            invalid(path, text, "should be at least " + counts.minLength().getAsLong() + " chars long");
        } else if (rules.pattern() != null && !rules.pattern().matcher(text).find()) invalid(path, text,
                "should match '" + rules.pattern().written() + "'");
        if (!StringFormat.matches(rules.format(), text)) {
            errors.add(FieldError.typeInvalid(path, text, path + " in body must be of type " + rules.format() + ": "
                    + new JsonString(text)));
        }
    }

    private void number(Json value, StructuralSchema schema, String path) {
        var bounds = schema.rules().numbers();
        double number = value.decimal(0);
        checks++;
        range(value, schema, path);
        if (bounds.multipleOf().isPresent() && !isMultiple(number, bounds.multipleOf().getAsDouble())) {
            invalid(path, value, "should be a multiple of " + shown(bounds.multipleOf().getAsDouble()));
        }
        bounds.minimum().ifPresent(least -> {
            if (bounds.exclusiveMinimum() ? number <= least : number < least) {
                invalid(path, value, "should be greater than " + (bounds.exclusiveMinimum() ? "" : "or equal to ") + shown(least));
            }
        });
        bounds.maximum().ifPresent(most -> {
            if (bounds.exclusiveMaximum() ? number >= most : number > most) {
                invalid(path, value, "should be less than " + (bounds.exclusiveMaximum() ? "" : "or equal to ") + shown(most));
            }
        });
    }

    private void range(Json value, StructuralSchema schema, String path) {
        if (!schema.type().equals("integer")) return;
        var format = schema.rules().format();
        var fits = value instanceof JsonInteger(var number) ? !format.equals("int32") || number == (int) number : isWhole(value);
        if (fits) return;
        errors.add(FieldError.invalid(NOWHERE, "", "Checked value must be of type integer "
                + (format.isEmpty() ? "(default format)" : "with format " + format)
                + " in " + path));
    }

    private static boolean isMultiple(double number, double of) {
        double times = number / of;
        return times == Math.rint(times);
    }

    private static Json shown(double number) {
        return number == Math.rint(number) && Math.abs(number) < 0x1p53 ? Json.of((long) number) : Json.of(number);
    }

    private void list(JsonArray list, Json old, StructuralSchema schema, String path) {
        var counts = schema.rules().counts();
        checks++;
        for (int i = 0; i < list.size() && schema.items() != null; i++) {
            value(list.at(i), Correlation.item(old, list.at(i), schema.listType()), schema.items(), path + "[" + i + "]");
        }
        if (counts.minItems().isPresent() && list.size() < counts.minItems().getAsLong()) {
            invalid(path, list.size(), "should have at least " + counts.minItems().getAsLong() + " items");
        }
        if (counts.maxItems().isPresent() && list.size() > counts.maxItems().getAsLong()) {
            errors.add(FieldError.tooMany(path, list.size(), counts.maxItems().getAsLong()));
        }
    }

    private void enumeration(Json value, ValueRules rules, String path) {
        if (rules.enumeration().isEmpty()) return;
        checks++;
        if (rules.enumeration().contains(value)) return;
        errors.add(FieldError.notSupported(path, value, rules.enumeration().stream().map(v -> v.text(v.toString())).toList()));
    }

    private void object(JsonObject object, Json old, StructuralSchema schema, String path) {
        var counts = schema.rules().counts();
        checks++;
        if (counts.minProperties().isPresent() && object.size() < counts.minProperties().getAsLong()) {
            invalid(path, object.size(), "should have at least " + counts.minProperties().getAsLong() + " properties");
        } else if (counts.maxProperties().isPresent() && object.size() > counts.maxProperties().getAsLong()) {
            errors.add(FieldError.tooMany(path, object.size(), counts.maxProperties().getAsLong()));
        } else members(object, old, schema, path);
    }

    private void members(JsonObject object, Json old, StructuralSchema schema, String path) {
        object.members().forEach((name, member) -> {
            var known = schema.member(name);
            if (known != null && !(path.isEmpty() && name.equals("metadata"))) value(member, Correlation.member(old, name), known, below(path, name));
        });
        for (var name : schema.rules().required()) {
            if (!object.has(name)) errors.add(FieldError.required(below(path, name)));
        }
    }

    static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private void alternatives(Json value, ValueRules rules, String path) {
        if (rules.isPlain()) return;
        checks++;
        anyOf(value, rules, path);
        oneOf(value, rules, path);
        allOf(value, rules, path);
        if (rules.not() != null && of(value, rules.not(), path).errors.isEmpty()) nowhere(path, " must not validate the schema (not)");
    }

    private void nowhere(String path, String why) {
        errors.add(FieldError.invalid(NOWHERE, "", new JsonString(path) + why));
    }

    private void anyOf(Json value, ValueRules rules, String path) {
        if (rules.anyOf().isEmpty()) return;
        var tried = rules.anyOf().stream().map(s -> of(value, s, path)).toList();
        if (tried.stream().anyMatch(t -> t.errors.isEmpty())) return;
        nowhere(path, " must validate at least one schema (anyOf)");
        errors.addAll(furthest(tried).errors);
    }

    private void oneOf(Json value, ValueRules rules, String path) {
        if (rules.oneOf().isEmpty()) return;
        var tried = rules.oneOf().stream().map(s -> of(value, s, path)).toList();
        long valid = tried.stream().filter(t -> t.errors.isEmpty()).count();
        if (valid == 1) return;
        nowhere(path, " must validate one and only one schema (oneOf). "
                + (valid == 0 ? "Found none valid" : "Found " + valid + " valid alternatives"));
        if (valid == 0) errors.addAll(furthest(tried).errors);
    }

    private void allOf(Json value, ValueRules rules, String path) {
        var tried = rules.allOf().stream().map(s -> of(value, s, path)).toList();
        tried.forEach(t -> errors.addAll(t.errors));
        long valid = tried.stream().filter(t -> t.errors.isEmpty()).count();
        if (valid < tried.size()) nowhere(path, " must validate all the schemas (allOf)" + (valid == 0 ? ". None validated" : ""));
    }

    private static SchemaValidation furthest(List<SchemaValidation> tried) {
        var best = tried.getFirst();
        for (var each : tried) {
            if (each.checks > best.checks) best = each;
        }
        return best;
    }
}
