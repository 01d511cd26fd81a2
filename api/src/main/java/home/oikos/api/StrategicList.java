package home.oikos.api;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// Merges one list of a strategic merge patch: scalars as a set, objects by their merge key.
/// @param mergeKey empty for a list of scalars
record StrategicList(String mergeKey, Schema items) {
    /// @param order the items, or just their keys, in the order that the patch wants
    JsonArray merge(JsonArray original, JsonArray patch, JsonArray order) {
        if (mergeKey.isEmpty()) return ordered(original.elements(), scalars(original, patch), order.elements());
        var remaining = new ArrayList<>(original.elements());
        var changes = new ArrayList<Json>();
        boolean replace = false;
        for (var change : patch) {
            if (!change.object().has("$patch")) changes.add(change);
            else switch (change.at("$patch").text("")) {
                case "delete" -> {
                    var key = key(change);
                    remaining.removeIf(item -> item.at(mergeKey).equals(key));
                }
                case "replace" -> replace = true;
                default -> throw StrategicMergePatch.unknownDirective(change);
            }
        }
        if (replace) return new JsonArray(changes.stream().map(StrategicMergePatch::withoutDirectives).toList());
        return ordered(original.elements(), objects(remaining, changes), order.elements());
    }

    private static List<Json> scalars(JsonArray original, JsonArray patch) {
        var all = new LinkedHashSet<>(original.elements());
        all.addAll(patch.elements());
        return new ArrayList<>(all);
    }

    private List<Json> objects(List<Json> remaining, List<Json> changes) {
        for (var change : changes) {
            int at = indexOf(remaining, key(change));
            if (at < 0) remaining.add(StrategicMergePatch.withoutDirectives(change));
            else remaining.set(at, StrategicMergePatch.apply(remaining.get(at).object(), change.object(), items));
        }
        return remaining;
    }

    private Json key(Json item) {
        if (item.at(mergeKey).isNull()) throw new PatchException("map: " + GoText.of(item) + " does not contain declared merge key: "
                + mergeKey);
        return item.at(mergeKey);
    }

    private Json identity(Json item) {
        return mergeKey.isEmpty() ? item : item.at(mergeKey);
    }

    private int indexOf(List<Json> list, Json identity) {
        for (int i = 0; i < list.size(); i++) if (identity(list.get(i)).equals(identity)) return i;
        return -1;
    }

    /// The items that the patch orders in its order, and the others woven in where they stood before, relative to those
    /// that stood there too.
    private JsonArray ordered(List<Json> before, List<Json> merged, List<Json> order) {
        var others = new ArrayList<Json>();
        var sorted = new Json[order.size()];
        for (var item : merged) {
            int at = indexOf(order, identity(item));
            if (at < 0) others.add(item);
            else sorted[at] = item;
        }
        var result = new ArrayList<Json>(merged.size());
        int next = 0;
        for (var item : sorted) {
            if (item == null) continue;
            int place = indexOf(before, identity(item));
            while (next < others.size() && place >= 0 && isBefore(before, others.get(next), place)) result.add(others.get(next++));
            result.add(item);
        }
        result.addAll(others.subList(next, others.size()));
        return new JsonArray(result);
    }

    private boolean isBefore(List<Json> before, Json item, int place) {
        int at = indexOf(before, identity(item));
        return at >= 0 && at < place;
    }
}
