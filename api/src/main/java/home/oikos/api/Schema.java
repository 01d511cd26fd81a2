package home.oikos.api;

/// The type of a JSON value: what validation, defaulting, patches, apply, protobuf and Tables walk beside the value.
/// Built-in kinds have theirs from files ([SchemaLibrary]), custom kinds from their CRD. Immutable.
public sealed interface Schema permits ObjectSchema, MapSchema, ListSchema, Scalar {
    /// True when apply owns a value of this type as a whole.
    boolean atomic();
}
