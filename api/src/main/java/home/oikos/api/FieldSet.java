package home.oikos.api;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// A set of field paths, as `fieldsV1` writes it: a tree whose steps are `f:NAME`, `k:{"KEY":VALUE}` or `v:VALUE`. A node is
/// in the set itself (`.` in JSON) or only leads to others. Built by one thread; not changed once handed out.
public final class FieldSet {
    private final TreeMap<String, FieldSet> children = new TreeMap<>();
    private boolean member;

    /// The set of these top-level members with everything below them, for use as what a write ignores.
    public static FieldSet of(String... names) {
        var set = new FieldSet();
        for (var name : names) set.insert(List.of("f:" + name));
        return set;
    }

    /// Reads a `fieldsV1`.
    public static FieldSet of(Json fields) {
        var set = new FieldSet();
        for (var entry : fields.object().members().entrySet()) {
            if (entry.getKey().equals(".")) set.member = true;
            else {
                var child = of(entry.getValue());
                if (entry.getValue().object().isEmpty()) child.member = true;
                set.children.put(entry.getKey(), child);
            }
        }
        return set;
    }

    public JsonObject toJson() {
        var members = new java.util.LinkedHashMap<String, Json>();
        if (member && !children.isEmpty()) members.put(".", JsonObject.EMPTY);
        children.forEach((step, child) -> members.put(step, child.toJson()));
        return JsonObject.owning(members);
    }

    void insert(List<String> path) {
        var at = this;
        for (var step : path) at = at.children.computeIfAbsent(step, _ -> new FieldSet());
        at.member = true;
    }

    public boolean isEmpty() {
        return !member && children.isEmpty();
    }

    boolean has(String step) {
        var child = children.get(step);
        return child != null && child.member;
    }

    /// What the set holds below a step; empty when nothing.
    FieldSet below(String step) {
        return children.getOrDefault(step, new FieldSet());
    }

    Map<String, FieldSet> children() {
        return children;
    }

    FieldSet union(FieldSet other) {
        var result = new FieldSet();
        result.member = member || other.member;
        result.children.putAll(children);
        other.children.forEach((step, child) -> result.children.merge(step, child, FieldSet::union));
        return result;
    }

    FieldSet intersection(FieldSet other) {
        var result = new FieldSet();
        result.member = member && other.member;
        children.forEach((step, child) -> {
            var twin = other.children.get(step);
            if (twin != null) result.put(step, child.intersection(twin));
        });
        return result;
    }

    /// Without the paths of the other set; what lies below them stays.
    FieldSet difference(FieldSet other) {
        var result = new FieldSet();
        result.member = member && !other.member;
        children.forEach((step, child) -> {
            var twin = other.children.get(step);
            result.put(step, twin == null ? child : child.difference(twin));
        });
        return result;
    }

    /// Without the paths of the other set and everything below them.
    FieldSet without(FieldSet other) {
        var result = new FieldSet();
        result.member = member;
        children.forEach((step, child) -> {
            var twin = other.children.get(step);
            if (twin == null) result.put(step, child);
            else if (!twin.member) result.put(step, child.without(twin));
        });
        return result;
    }

    /// With every named field on the way to a member as a member too: what removal has to take away so that no empty
    /// object is left behind.
    FieldSet withNamedParents(Schema type) {
        var result = new FieldSet();
        result.member = member;
        children.forEach((step, child) -> {
            var inner = child.withNamedParents(FieldWalk.step(type, step));
            inner.member |= type instanceof ObjectSchema object && step.startsWith("f:") && object.fields().containsKey(step.substring(2));
            result.children.put(step, inner);
        });
        return result;
    }

    private void put(String step, FieldSet child) {
        if (!child.isEmpty()) children.put(step, child);
    }

    /// Calls for every member: those of a level first, then those below them. The path is as messages have it: `.spec.ports[port=80].name`.
    void forEach(BiConsumer<String, FieldSet> visitor) {
        forEach("", visitor);
    }

    private void forEach(String prefix, BiConsumer<String, FieldSet> visitor) {
        children.forEach((step, child) -> {
            if (child.member) visitor.accept(prefix + FieldWalk.shown(step), child);
        });
        children.forEach((step, child) -> child.forEach(prefix + FieldWalk.shown(step), visitor));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldSet set && member == set.member && children.equals(set.children);
    }

    @Override
    public int hashCode() {
        return children.hashCode();
    }

    @Override
    public String toString() {
        return toJson().toString();
    }
}
