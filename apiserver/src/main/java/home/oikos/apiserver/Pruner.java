package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/// Takes from a value what its schema does not know, and nulls where none may be. One pruner prunes one object.
final class Pruner {
    private static final Set<String> OF_EVERY_OBJECT = Set.of("apiVersion", "kind", "metadata");

    private final List<String> unknown = new ArrayList<>();

    /// The paths of what went for being unknown, sorted.
    List<String> unknown() {
        return unknown.stream().sorted().toList();
    }

    JsonObject root(JsonObject object, StructuralSchema schema) {
        return members(object, schema, true, "");
    }

    private Json value(Json value, StructuralSchema schema, String path) {
        return switch (value) {
            case JsonObject object -> members(object, schema, schema.traits().embedded(), path);
            case JsonArray list -> items(list, schema, path);
            default -> value;
        };
    }

    private JsonObject members(JsonObject object, StructuralSchema schema, boolean whole, String path) {
        LinkedHashMap<String, Json> changed = null;
        for (var member : object.members().entrySet()) {
            var name = member.getKey();
            var before = member.getValue();
            var after = whole && OF_EVERY_OBJECT.contains(name) ? ofEveryObject(name, before, path)
                    : member(name, before, schema, SchemaValidation.below(path, name));
            if (after == before) continue;
            if (changed == null) changed = new LinkedHashMap<>(object.members());
            if (after == null) changed.remove(name);
            else changed.put(name, after);
        }
        return changed == null ? object : JsonObject.copyOf(changed);
    }

    private Json ofEveryObject(String name, Json value, String path) {
        if (!name.equals("metadata") || path.isEmpty()) return value;
        var metadata = EmbeddedObjects.metadata(value, path + ".metadata");
        metadata.strict().forEach(problem -> unknown.add(path + ".metadata." + problem.substring(problem.indexOf('"') + 1,
                problem.length() - 1)));
        return metadata.object();
    }

    /// Null when the member goes.
    private Json member(String name, Json value, StructuralSchema schema, String path) {
        var known = schema.member(name);
        if (known == null) {
            if (schema.traits().preservesUnknown()) return value;
            unknown.add(path);
            return null;
        }
        if (value.isNull() && known.refusesNull() && known.defaultTo().isNull() && !known.traits().preservesUnknown()) return null;
        return value(value, known, path);
    }

    private JsonArray items(JsonArray list, StructuralSchema schema, String path) {
        if (schema.items() == null) return list;
        boolean same = true;
        var changed = new ArrayList<Json>(list.size());
        for (int i = 0; i < list.size(); i++) {
            var after = value(list.at(i), schema.items(), path + "[" + i + "]");
            same &= after == list.at(i);
            changed.add(after);
        }
        return same ? list : new JsonArray(changed);
    }
}
