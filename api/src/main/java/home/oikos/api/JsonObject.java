package home.oikos.api;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A JSON object; members keep the order in which they were added. Equal when the members are, in any order.
public final class JsonObject implements Json {
    public static final JsonObject EMPTY = new JsonObject(new LinkedHashMap<>());

    private final Map<String, Json> members;

    private JsonObject(LinkedHashMap<String, Json> owned) {
        members = Collections.unmodifiableMap(owned);
    }

    /// An object of names and plain Java values by turns, see [Json#of]. A null value leaves its name out.
    public static JsonObject of(Object... namesAndValues) {
        var members = LinkedHashMap.<String, Json>newLinkedHashMap(namesAndValues.length / 2);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) members.put((String) namesAndValues[i], Json.of(namesAndValues[i + 1]));
        }
        return new JsonObject(members);
    }

    public static JsonObject copyOf(Map<String, ? extends Json> members) {
        return new JsonObject(new LinkedHashMap<>(members));
    }

    /// Takes the map as it is: whoever made it may no longer change it.
    static JsonObject owning(LinkedHashMap<String, Json> members) {
        return new JsonObject(members);
    }

    static JsonObject from(Map<?, ?> values) {
        var members = LinkedHashMap.<String, Json>newLinkedHashMap(values.size());
        values.forEach((name, value) -> members.put((String) name, Json.of(value)));
        return new JsonObject(members);
    }

    @Override
    public Json at(String name) {
        var found = members.get(name);
        return found == null ? NULL : found;
    }

    public boolean has(String name) {
        return members.containsKey(name);
    }

    @Override
    public JsonObject object() {
        return this;
    }

    /// The members, unmodifiable, in their order.
    public Map<String, Json> members() {
        return members;
    }

    public Set<String> names() {
        return members.keySet();
    }

    public int size() {
        return members.size();
    }

    public boolean isEmpty() {
        return members.isEmpty();
    }

    /// This with one member set; a new name goes last.
    public JsonObject with(String name, Object value) {
        var changed = new LinkedHashMap<>(members);
        changed.put(name, Json.of(value));
        return new JsonObject(changed);
    }

    public JsonObject without(String name) {
        if (!members.containsKey(name)) return this;
        var changed = new LinkedHashMap<>(members);
        changed.remove(name);
        return new JsonObject(changed);
    }

    /// This with the value at the end of a path of names replaced; objects missing on the way are made.
    public JsonObject withAt(Object value, String... path) {
        return changeAt(found -> Json.of(value), path);
    }

    /// This with the value at the end of a path of names changed; it is [Json#NULL] where there was none.
    public JsonObject changeAt(UnaryOperator<Json> change, String... path) {
        if (path.length == 1) return with(path[0], change.apply(at(path[0])));
        var rest = Arrays.copyOfRange(path, 1, path.length);
        return with(path[0], at(path[0]).object().changeAt(change, rest));
    }

    /// This without the member at the end of a path of names.
    public JsonObject withoutAt(String... path) {
        if (path.length == 1) return without(path[0]);
        if (!(at(path[0]) instanceof JsonObject inner)) return this;
        return with(path[0], inner.withoutAt(Arrays.copyOfRange(path, 1, path.length)));
    }

    /// This with every member of the other set over its own.
    public JsonObject withAll(JsonObject other) {
        var changed = new LinkedHashMap<>(members);
        changed.putAll(other.members);
        return new JsonObject(changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonObject object && members.equals(object.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        return new JsonWriter().value(this).toString();
    }
}
