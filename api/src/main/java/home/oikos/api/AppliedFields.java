package home.oikos.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// The fields that an applied configuration names, and what is wrong with it as such.
final class AppliedFields {
    private final FieldSet fields = new FieldSet();
    private final List<String> errors = new ArrayList<>();
    private final List<String> path = new ArrayList<>();

    private AppliedFields() { }

    static FieldSet of(JsonObject object, ObjectSchema type) {
        var applied = new AppliedFields();
        applied.members(object, type);
        return applied.fields;
    }

    /// The complaints of Kubernetes about a configuration that does not fit its schema; empty when it does.
    static List<String> errors(JsonObject object, ObjectSchema type) {
        var applied = new AppliedFields();
        applied.members(object, type);
        return applied.errors;
    }

    private void members(JsonObject object, Schema type) {
        for (var member : object.members().entrySet()) {
            var inner = FieldWalk.member(type, member.getKey());
            path.add("f:" + member.getKey());
            if (inner == null) error("field not declared in schema");
            else {
                value(member.getValue(), inner);
                boolean declared = type instanceof ObjectSchema schema && schema.fields().containsKey(member.getKey());
                if (!declared || isEmptyLeaf(member.getValue())) fields.insert(path);
            }
            path.removeLast();
        }
    }

    private static boolean isEmptyLeaf(Json value) {
        return value.isNull() || value instanceof JsonObject object && object.isEmpty();
    }

    private void value(Json value, Schema type) {
        if (value.isNull()) return;
        if (!fits(value, type)) {
            error("expected " + expected(type) + ", got &value.valueUnstructured{Value:" + value + "}");
            return;
        }
        switch (FieldWalk.form(type, value, null)) {
            case LEAF -> fields.insert(path);
            case MEMBERS -> members(value.object(), type);
            case ITEMS -> items(value.array(), (ListSchema) type);
        }
    }

    private void items(JsonArray list, ListSchema type) {
        var seen = new HashSet<String>();
        for (var item : list) {
            var step = FieldWalk.item(type, item);
            if (!seen.add(step)) error("duplicate entries for key " + FieldWalk.shown(step));
            path.add(step);
            value(item, type.items());
            fields.insert(path);
            path.removeLast();
        }
    }

    private void error(String what) {
        var shown = new StringBuilder();
        for (var step : path) shown.append(FieldWalk.shown(step));
        errors.add(shown + ": " + what);
    }

    private static boolean fits(Json value, Schema type) {
        return switch (type) {
            case ObjectSchema _, MapSchema _ -> value instanceof JsonObject;
            case ListSchema _ -> value instanceof JsonArray;
            case Scalar scalar -> switch (scalar) {
                case STRING, BYTES, TIME, MICRO_TIME, DURATION -> value instanceof JsonString;
                case BOOL -> value instanceof JsonBoolean;
                case FLOAT, DOUBLE, INT32, INT64, UINT32, UINT64 -> value instanceof JsonInteger || value instanceof JsonDecimal;
                case QUANTITY, INT_OR_STRING -> !(value instanceof JsonObject || value instanceof JsonArray);
                default -> true;
            };
        };
    }

    private static String expected(Schema type) {
        return switch (type) {
            case ObjectSchema _, MapSchema _ -> "map";
            case ListSchema _ -> "list";
            case Scalar scalar -> switch (scalar) {
                case BOOL -> "boolean";
                case STRING, BYTES, TIME, MICRO_TIME, DURATION -> "string";
                default -> scalar.integer() || scalar == Scalar.FLOAT || scalar == Scalar.DOUBLE ? "numeric (int or float)" : "scalar";
            };
        };
    }
}
