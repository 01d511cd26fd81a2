package home.oikos.api;

import java.util.LinkedHashMap;

/// What absence looks like: zero values that mean it, and the empty members which answers show all the same.
public final class Zeros {
    private Zeros() { }

    /// A new object of the type as the API sees it before anything is set: `{"metadata":{},"spec":{...},"status":{}}`.
    public static JsonObject object(ObjectSchema type) {
        return complete(JsonObject.EMPTY, type);
    }

    /// The object with the empty members that answers show.
    static JsonObject complete(JsonObject object, ObjectSchema type) {
        return complete(new LinkedHashMap<>(object.members()), type);
    }

    static JsonObject complete(LinkedHashMap<String, Json> members, ObjectSchema type) {
        for (var field : type.fields().values()) {
            if (field.alwaysShown() && !members.containsKey(field.name())) members.put(field.name(), shown(field));
        }
        return JsonObject.owning(members);
    }

    private static Json shown(Field field) {
        return field.optional() ? Json.NULL : of(field.type());
    }

    /// The value a new Go variable of the type has, as JSON shows it.
    static Json of(Schema type) {
        return switch (type) {
            case ObjectSchema object -> object(object);
            case MapSchema _, ListSchema _ -> Json.NULL;
            case Scalar scalar -> of(scalar);
        };
    }

    private static Json of(Scalar scalar) {
        return switch (scalar) {
            case STRING -> new JsonString("");
            case QUANTITY -> new JsonString("0");
            case BOOL -> JsonBoolean.FALSE;
            case FLOAT, DOUBLE, INT_OR_STRING -> new JsonInteger(0);
            case DURATION -> new JsonString("0s");
            default -> scalar.integer() ? new JsonInteger(0) : Json.NULL;
        };
    }

    /// True when the member need not stand there: null, or a zero that no pointer tells from absence.
    static boolean meansAbsence(Json value, Field field) {
        // The default of a CRD's schema may well be 0, "" or false.
        if (opaque(field) && value.isPresent()) return false;
        return switch (value) {
            case JsonNull _ -> !field.alwaysShown() || !(field.type() instanceof MapSchema || field.type() instanceof ListSchema);
            case JsonString(var text) -> text.isEmpty() && !field.optional() && !field.required();
            case JsonInteger(var number) -> number == 0 && !field.optional() && !field.required();
            case JsonDecimal(var number) -> number == 0 && !field.optional() && !field.required();
            case JsonBoolean(var bool) -> !bool && !field.optional() && !field.required();
            case JsonArray array -> array.isEmpty();
            case JsonObject object -> object.isEmpty() && field.type() instanceof MapSchema;
        };
    }

    private static boolean opaque(Field field) {
        return field.type() instanceof Scalar scalar && scalar.opaque();
    }
}
