package home.oikos.api;

import java.util.List;

/// A list. `kind` says how apply merges it; `keys` name the members that tell items of a [Kind#MAP] apart.
public record ListSchema(Schema items, Kind kind, List<String> keys) implements Schema {
    /// How server-side apply sees a list: replaced as a whole, a set of values, or items found by their keys.
    public enum Kind { ATOMIC, SET, MAP }

    public ListSchema {
        keys = List.copyOf(keys);
        if (kind == Kind.MAP && keys.isEmpty()) throw new IllegalArgumentException("a list-map needs keys");
    }

    public static ListSchema atomic(Schema items) {
        return new ListSchema(items, Kind.ATOMIC, List.of());
    }

    @Override
    public boolean atomic() {
        return kind == Kind.ATOMIC;
    }
}
