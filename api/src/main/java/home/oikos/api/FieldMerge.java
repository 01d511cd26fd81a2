package home.oikos.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Lays an applied configuration over the live object, and takes fields away again.
final class FieldMerge {
    private FieldMerge() { }

    static JsonObject merge(JsonObject live, JsonObject applied, Schema type) {
        var members = new LinkedHashMap<>(live.members());
        for (var member : applied.members().entrySet()) {
            var inner = FieldWalk.member(type, member.getKey());
            if (inner != null) members.put(member.getKey(), value(live.members().get(member.getKey()), member.getValue(), inner));
        }
        return JsonObject.owning(members);
    }

    private static Json value(Json live, Json applied, Schema type) {
        if (live == null || applied == null) return applied == null ? live : applied;
        return switch (FieldWalk.form(type, live, applied)) {
            case LEAF -> applied;
            case MEMBERS -> applied instanceof JsonObject object ? merge(live.object(), object, type) : live;
            case ITEMS -> applied instanceof JsonArray array ? items(live.array(), array, (ListSchema) type) : live;
        };
    }

    /// The items of both: those of the configuration in its order, the others where they stood between them.
    private static JsonArray items(JsonArray live, JsonArray applied, ListSchema type) {
        var left = FieldComparison.index(live, type);
        var right = FieldComparison.index(applied, type);
        var shared = new ArrayList<>(right.keySet());
        shared.retainAll(left.keySet());
        return new ItemMerge(left, right, shared, type).merged();
    }

    private static final class ItemMerge {
        private final Map<String, Json> left;
        private final Map<String, Json> right;
        private final List<String> leftSteps;
        private final List<String> rightSteps;
        private final List<String> shared;
        private final ListSchema type;
        private final List<Json> out = new ArrayList<>();
        private final HashSet<String> taken = new HashSet<>();
        private int nextShared;

        ItemMerge(Map<String, Json> left, Map<String, Json> right, List<String> shared, ListSchema type) {
            this.left = left;
            this.right = right;
            this.leftSteps = List.copyOf(left.keySet());
            this.rightSteps = List.copyOf(right.keySet());
            this.shared = shared;
            this.type = type;
        }

        JsonArray merged() {
            int l = 0;
            int r = 0;
            while (l < leftSteps.size() || r < rightSteps.size()) {
                var step = l < leftSteps.size() ? leftSteps.get(l) : null;
                if (step != null && !right.containsKey(step)) {
                    out.add(left.get(step));
                    l++;
                } else if (step != null && (taken.contains(step) || r < rightSteps.size() && !isNextShared(step))) {
                    l++;
                } else {
                    take(rightSteps.get(r++));
                }
            }
            return new JsonArray(out);
        }

        private boolean isNextShared(String step) {
            return nextShared >= shared.size() || shared.get(nextShared).equals(step);
        }

        private void take(String step) {
            out.add(value(left.get(step), right.get(step), type.items()));
            taken.add(step);
            if (nextShared < shared.size() && shared.get(nextShared).equals(step)) nextShared++;
        }
    }

    /// The object without the members of the set.
    static JsonObject remove(JsonObject object, FieldSet gone, Schema type) {
        var kept = removed(object, gone, type);
        return kept == null ? JsonObject.EMPTY : kept.object();
    }

    /// Null when nothing is left.
    private static Json removed(Json value, FieldSet gone, Schema type) {
        return switch (FieldWalk.form(type, value, null)) {
            case LEAF -> value instanceof JsonObject || value instanceof JsonArray ? null : value;
            case MEMBERS -> value instanceof JsonObject object ? members(object, gone, type) : null;
            case ITEMS -> value instanceof JsonArray array ? items(array, gone, (ListSchema) type) : null;
        };
    }

    private static Json members(JsonObject object, FieldSet gone, Schema type) {
        var kept = new LinkedHashMap<String, Json>();
        for (var member : object.members().entrySet()) {
            var step = "f:" + member.getKey();
            if (gone.has(step)) continue;
            var value = member.getValue();
            var inner = FieldWalk.member(type, member.getKey());
            if (gone.children().containsKey(step)) value = removed(value, gone.below(step), inner == null ? Scalar.ANY : inner);
            if (value != null) kept.put(member.getKey(), value);
        }
        return kept.isEmpty() ? null : JsonObject.owning(kept);
    }

    private static Json items(JsonArray list, FieldSet gone, ListSchema type) {
        var kept = new ArrayList<Json>();
        for (var item : list) {
            var step = FieldWalk.item(type, item);
            if (gone.has(step)) continue;
            var value = gone.children().containsKey(step) ? removed(item, gone.below(step), type.items()) : item;
            if (value != null) kept.add(value);
        }
        return kept.isEmpty() ? null : new JsonArray(kept);
    }
}
