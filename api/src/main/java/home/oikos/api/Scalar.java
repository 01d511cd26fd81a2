package home.oikos.api;

/// The types without fields of their own. Those after [#INT_OR_STRING] hold any JSON.
public enum Scalar implements Schema {
    STRING("string"), BOOL("bool"), INT32("int32"), INT64("int64"), UINT32("uint32"), UINT64("uint64"), SINT32("sint32"), SINT64("sint64"),
    FIXED32("fixed32"), FIXED64("fixed64"), SFIXED32("sfixed32"), SFIXED64("sfixed64"), FLOAT("float"), DOUBLE("double"),
    /// A base64 string in JSON.
    BYTES("bytes"), TIME("Time"), MICRO_TIME("MicroTime"), DURATION("Duration"), QUANTITY("Quantity"), INT_OR_STRING("IntOrString"),
    /// An object of some kind, kept as it came.
    RAW_EXTENSION("RawExtension"), JSON("JSON"), FIELDS_V1("FieldsV1"), OBJECT("object"), ANY("any"),
    /// The three places of an OpenAPI schema where JSON allows two forms of one thing.
    SCHEMA_OR_ARRAY("SchemaOrArray"), SCHEMA_OR_BOOL("SchemaOrBool"), SCHEMA_OR_STRING_ARRAY("SchemaOrStringArray");

    private final String notation;

    Scalar(String notation) {
        this.notation = notation;
    }

    /// Its name in schema files.
    public String notation() {
        return notation;
    }

    /// True for types whose inside no schema describes.
    public boolean opaque() {
        return compareTo(INT_OR_STRING) > 0;
    }

    public boolean integer() {
        return compareTo(INT32) >= 0 && compareTo(SFIXED64) <= 0;
    }

    @Override
    public boolean atomic() {
        return false;
    }
}
