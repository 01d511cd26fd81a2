package home.oikos.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;

/// Fills in the defaults that a schema states. What depends on more than one member is up to the server's own rules by kind.
public final class SchemaDefaults {
    private SchemaDefaults() { }

    /// The object with its defaults; the same instance when nothing was missing.
    public static JsonObject apply(JsonObject object, ObjectSchema type) {
        LinkedHashMap<String, Json> changed = null;
        for (var field : type.fields().values()) {
            var before = object.at(field.name());
            var after = before.isNull() ? field.defaultTo() : before;
            after = within(after, field.type());
            if (after == before) continue;
            if (changed == null) changed = new LinkedHashMap<>(object.members());
            changed.put(field.name(), after);
        }
        return changed == null ? object : JsonObject.owning(changed);
    }

    private static Json within(Json value, Schema type) {
        return switch (type) {
            case ObjectSchema object when value instanceof JsonObject given -> apply(given, object);
            case MapSchema map when value instanceof JsonObject given && !(map.values() instanceof Scalar) -> entries(given, map.values());
            case ListSchema list when value instanceof JsonArray given && !(list.items() instanceof Scalar) -> items(given, list.items());
            default -> value;
        };
    }

    private static Json entries(JsonObject map, Schema type) {
        var changed = new LinkedHashMap<String, Json>();
        boolean same = true;
        for (var entry : map.members().entrySet()) {
            var after = within(entry.getValue(), type);
            same &= after == entry.getValue();
            changed.put(entry.getKey(), after);
        }
        return same ? map : JsonObject.owning(changed);
    }

    private static Json items(JsonArray list, Schema type) {
        var changed = new ArrayList<Json>(list.size());
        boolean same = true;
        for (var item : list) {
            var after = within(item, type);
            same &= after == item;
            changed.add(after);
        }
        return same ? list : new JsonArray(changed);
    }
}
