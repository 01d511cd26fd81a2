package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;

/// Lists of the types set and map hold no two items that are one and the same.
final class DistinctItems {
    private DistinctItems() { }

    static void validate(Json value, StructuralSchema schema, String path, List<FieldError> errors) {
        switch (value) {
            case JsonObject object -> object.members().forEach((name, member) -> {
                var known = schema.member(name);
                if (known != null) validate(member, known, SchemaValidation.below(path, name), errors);
            });
            case JsonArray list when schema.items() != null -> list(list, schema, path, errors);
            default -> { }
        }
    }

    private static void list(JsonArray list, StructuralSchema schema, String path, List<FieldError> errors) {
        var seen = new HashSet<Json>();
        for (int i = 0; i < list.size(); i++) {
            var identity = identity(list.at(i), schema.listType());
            if (identity != null && !seen.add(identity)) errors.add(FieldError.duplicate(path + "[" + i + "]", identity));
        }
        for (int i = 0; i < list.size(); i++) validate(list.at(i), schema.items(), path + "[" + i + "]", errors);
    }

    /// Null in a list whose items may be equal.
    private static Json identity(Json item, StructuralSchema.ListType type) {
        return switch (type.name()) {
            case "set" -> item;
            case "map" -> {
                var keys = new LinkedHashMap<String, Json>();
                for (var key : type.keys()) {
                    if (item.at(key).isPresent()) keys.put(key, item.at(key));
                }
                yield JsonObject.copyOf(keys);
            }
            default -> null;
        };
    }
}
