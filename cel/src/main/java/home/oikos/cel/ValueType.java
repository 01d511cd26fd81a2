package home.oikos.cel;

/// What a schema says of a value that an expression reads: how its text is to be understood, and what is inside.
public interface ValueType {
    /// How a JSON value becomes a CEL value. Plain values are what they look like.
    enum Kind { PLAIN, DOUBLE, BYTES, TIMESTAMP, DURATION, OBJECT, MAP, LIST }

    Kind kind();

    /// The type of a member of an object or map; null when nothing is said of it.
    ValueType member(String name);

    /// The type of a list's items; null when nothing is said of them.
    ValueType items();
}
