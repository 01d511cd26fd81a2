package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;

/// Finds what a part of an object was before: members by their name, items of a list-map by their keys, other items never.
final class Correlation {
    private Correlation() { }

    /// @param old null where there was nothing
    /// @return null where there was nothing
    static Json member(Json old, String name) {
        return old == null || !old.object().has(name) ? null : old.at(name);
    }

    static Json item(Json old, Json item, StructuralSchema.ListType type) {
        if (!type.name().equals("map") || !(old instanceof JsonArray list)) return null;
        for (var candidate : list) {
            if (type.keys().stream().allMatch(key -> candidate.at(key).equals(item.at(key)))) return candidate;
        }
        return null;
    }
}
