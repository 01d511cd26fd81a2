package home.oikos.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Checks a decoded object of a built-in kind against what its schema alone can say: required members and enumerations. The
/// words are Kubernetes' own; rules that compare members belong to the server. Metadata and status are not looked at.
public final class SchemaValidator {
    /// Required in the schema, yet allowed to be empty text.
    private static final Set<String> MAY_BE_EMPTY = Set.of("value", "message", "imageID");

    private final List<FieldError> errors = new ArrayList<>();

    private SchemaValidator() { }

    public static List<FieldError> validate(JsonObject object, ObjectSchema type) {
        var validator = new SchemaValidator();
        for (var field : type.fields().values()) {
            if (!field.name().equals("metadata") && !field.name().equals("status")) validator.field(object.at(field.name()), field,
                    field.name());
        }
        return List.copyOf(validator.errors);
    }

    private void object(JsonObject object, ObjectSchema type, String path) {
        for (var field : type.fields().values()) field(object.at(field.name()), field, path + "." + field.name());
    }

    private void field(Json value, Field field, String path) {
        if (field.required() && isMissing(value, field)) errors.add(FieldError.required(path));
        else if (!field.enumeration().isEmpty()) enumeration(value, field, path);
        value(value, field.type(), path);
    }

    private static boolean isMissing(Json value, Field field) {
        if (value.isNull()) return true;
        return value instanceof JsonString(var text) && text.isEmpty() && !MAY_BE_EMPTY.contains(field.name());
    }

    private void enumeration(Json value, Field field, String path) {
        if (value instanceof JsonArray list) {
            for (int i = 0; i < list.size(); i++) member(list.at(i), field, path + "[" + i + "]");
        } else if (value.isPresent()) member(value, field, path);
    }

    private void member(Json value, Field field, String path) {
        if (!field.enumeration().contains(value.text(""))) errors.add(FieldError.notSupported(path, value, field.enumeration()));
    }

    private void value(Json value, Schema type, String path) {
        switch (type) {
            case ObjectSchema object when value instanceof JsonObject given -> object(given, object, path);
            case MapSchema map when value instanceof JsonObject given && !(map.values() instanceof Scalar) ->
                    given.members().forEach((key, entry) -> value(entry, map.values(), path + "[" + key + "]"));
            case ListSchema list when value instanceof JsonArray given && !(list.items() instanceof Scalar) -> {
                for (int i = 0; i < given.size(); i++) value(given.at(i), list.items(), path + "[" + i + "]");
            }
            default -> { }
        }
    }
}
