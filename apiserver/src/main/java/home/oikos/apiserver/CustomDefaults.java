package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/// Fills in the defaults that a CRD states: for members that are absent, or null where no null may be.
final class CustomDefaults {
    private CustomDefaults() { }

    /// The same instance when nothing was missing.
    static JsonObject apply(JsonObject object, StructuralSchema schema) {
        var changed = new LinkedHashMap<>(object.members());
        boolean same = true;
        for (var property : schema.properties().entrySet()) {
            if (property.getValue().defaultTo().isNull() || isGiven(changed.get(property.getKey()), property.getValue())) continue;
            changed.put(property.getKey(), property.getValue().defaultTo());
            same = false;
        }
        for (var member : changed.entrySet()) {
            var known = schema.member(member.getKey());
            if (known == null) continue;
            var after = value(member.getValue(), known);
            same &= after == member.getValue();
            member.setValue(after);
        }
        return same ? object : JsonObject.copyOf(changed);
    }

    private static boolean isGiven(Json value, StructuralSchema schema) {
        return value != null && !(value.isNull() && schema.refusesNull());
    }

    private static Json value(Json value, StructuralSchema schema) {
        if (value.isNull() && schema.refusesNull() && schema.defaultTo().isPresent()) return value(schema.defaultTo(), schema);
        return switch (value) {
            case JsonObject object -> apply(object, schema);
            case JsonArray list when schema.items() != null -> items(list, schema.items());
            default -> value;
        };
    }

    private static JsonArray items(JsonArray list, StructuralSchema schema) {
        boolean same = true;
        var changed = new ArrayList<Json>(list.size());
        for (var item : list) {
            var after = value(item, schema);
            same &= after == item;
            changed.add(after);
        }
        return same ? list : new JsonArray(changed);
    }
}
