package home.oikos.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Which fields differ between two versions of an object.
final class FieldComparison {
    private FieldSet added = new FieldSet();
    private FieldSet modified = new FieldSet();
    private FieldSet removed = new FieldSet();
    private final List<String> path = new ArrayList<>();

    private FieldComparison() { }

    /// @param ignored fields that do not count
    static FieldComparison of(JsonObject before, JsonObject after, ObjectSchema type, FieldSet ignored) {
        var comparison = new FieldComparison();
        comparison.members(before, after, type);
        if (!ignored.isEmpty()) {
            comparison.added = comparison.added.without(ignored);
            comparison.modified = comparison.modified.without(ignored);
            comparison.removed = comparison.removed.without(ignored);
        }
        return comparison;
    }

    FieldSet changed() {
        return added.union(modified);
    }

    FieldSet removed() {
        return removed;
    }

    boolean isSame() {
        return added.isEmpty() && modified.isEmpty() && removed.isEmpty();
    }

    /// @param before null when absent
    /// @param after  null when absent
    private void compare(String step, Json before, Json after, Schema type) {
        if (before == after) return;
        path.add(step);
        var form = isEmpty(before) && isEmpty(after) ? FieldWalk.Form.LEAF : FieldWalk.form(type, before, after);
        switch (form) {
            case LEAF -> leaf(before, after);
            case MEMBERS -> members(object(before), object(after), type);
            case ITEMS -> items(before, after, (ListSchema) type);
        }
        if (form != FieldWalk.Form.LEAF) {
            if (before == null) added.insert(path);
            else if (after == null) removed.insert(path);
        }
        path.removeLast();
    }

    private static boolean isEmpty(Json value) {
        return switch (value) {
            case null -> true;
            case JsonNull _ -> true;
            case JsonObject object -> object.isEmpty();
            case JsonArray array -> array.isEmpty();
            default -> false;
        };
    }

    private static JsonObject object(Json value) {
        return value == null ? JsonObject.EMPTY : value.object();
    }

    private void leaf(Json before, Json after) {
        if (before == null) added.insert(path);
        else if (after == null) removed.insert(path);
        else if (!before.equals(after)) modified.insert(path);
    }

    private void members(JsonObject before, JsonObject after, Schema type) {
        for (var member : before.members().entrySet()) {
            member(member.getKey(), member.getValue(), after.members().get(member.getKey()), type);
        }
        for (var member : after.members().entrySet()) {
            if (!before.has(member.getKey())) member(member.getKey(), null, member.getValue(), type);
        }
    }

    private void member(String name, Json before, Json after, Schema type) {
        var inner = FieldWalk.member(type, name);
        if (inner != null) compare("f:" + name, before, after, inner);
    }

    private void items(Json before, Json after, ListSchema type) {
        var left = index(before, type);
        var right = index(after, type);
        var steps = new LinkedHashSet<>(left.keySet());
        steps.addAll(right.keySet());
        for (var step : steps) compare(step, left.get(step), right.get(step), type.items());
    }

    static Map<String, Json> index(Json list, ListSchema type) {
        var byStep = new LinkedHashMap<String, Json>();
        if (list != null) list.array().forEach(item -> byStep.put(FieldWalk.item(type, item), item));
        return byStep;
    }
}
