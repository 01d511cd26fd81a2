package home.oikos.cel;

import java.util.Set;

/// What a schema says of a value that an expression reads: how its text is to be understood, and what is inside.
public interface ValueType {
    /// How a JSON value becomes a CEL value. Plain values are what they look like.
    enum Kind { PLAIN, DOUBLE, BYTES, TIMESTAMP, DURATION, OBJECT, MAP, LIST }

    Kind kind();

    /// The type of a member of an object or map; null when nothing is said of it.
    ValueType member(String name);

    /// What a plain value is: string, integer, boolean, or empty for any.
    default String plain() {
        return "";
    }

    /// The names of an object's members that are known.
    default Set<String> members() {
        return Set.of();
    }

    /// Whether it is an object of the API, which has a kind and metadata whether its schema says so or not.
    default boolean isWholeObject() {
        return false;
    }

    /// The type of a list's items; null when nothing is said of them.
    ValueType items();
}
