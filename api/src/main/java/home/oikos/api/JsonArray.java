package home.oikos.api;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A JSON array.
public record JsonArray(List<Json> elements) implements Json, Iterable<Json> {
    public static final JsonArray EMPTY = new JsonArray(List.of());

    public JsonArray {
        elements = List.copyOf(elements);
    }

    /// An array of plain Java values, see [Json#of].
    public static JsonArray of(Object... values) {
        return from(List.of(values));
    }

    static JsonArray from(Iterable<?> values) {
        var elements = new ArrayList<Json>();
        for (var value : values) elements.add(Json.of(value));
        return new JsonArray(elements);
    }

    @Override
    public Json at(int index) {
        return index >= 0 && index < elements.size() ? elements.get(index) : NULL;
    }

    @Override
    public JsonArray array() {
        return this;
    }

    public int size() {
        return elements.size();
    }

    public boolean isEmpty() {
        return elements.isEmpty();
    }

    public JsonArray with(Json element) {
        var longer = new ArrayList<>(elements);
        longer.add(element);
        return new JsonArray(longer);
    }

    public JsonArray with(int index, Json element) {
        var changed = new ArrayList<>(elements);
        changed.set(index, element);
        return new JsonArray(changed);
    }

    public JsonArray map(UnaryOperator<Json> change) {
        return new JsonArray(elements.stream().map(change).toList());
    }

    public Stream<Json> stream() {
        return elements.stream();
    }

    @Override
    public Iterator<Json> iterator() {
        return elements.iterator();
    }

    @Override
    public String toString() {
        return new JsonWriter().value(this).toString();
    }
}
