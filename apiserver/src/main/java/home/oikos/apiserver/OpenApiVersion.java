package home.oikos.apiserver;

import home.oikos.api.JsonObject;
import home.oikos.api.Scalar;
import java.util.List;

/// The two versions of OpenAPI that clients ask for, where they differ.
enum OpenApiVersion {
    V2("#/definitions/"), V3("#/components/schemas/");

    private final String prefix;

    OpenApiVersion(String prefix) {
        this.prefix = prefix;
    }

    JsonObject reference(String name) {
        return JsonObject.of("$ref", prefix + name);
    }

    /// A reference beside which other members may stand.
    JsonObject wrapped(JsonObject reference) {
        return this == V2 ? reference : JsonObject.of("allOf", List.of(reference));
    }

    JsonObject scalar(Scalar type) {
        return switch (type) {
            case STRING -> of("string", null);
            case BOOL -> of("boolean", null);
            case INT32, UINT32, SINT32, FIXED32, SFIXED32 -> of("integer", "int32");
            case INT64, UINT64, SINT64, FIXED64, SFIXED64 -> of("integer", "int64");
            case FLOAT -> of("number", "float");
            case DOUBLE -> of("number", "double");
            case BYTES -> of("string", "byte");
            case TIME, MICRO_TIME -> of("string", "date-time");
            case DURATION -> of("string", null);
            case QUANTITY -> either("number", null);
            case INT_OR_STRING -> either("integer", "int-or-string");
            case RAW_EXTENSION, FIELDS_V1, OBJECT -> of("object", null);
            case JSON, ANY, SCHEMA_OR_ARRAY, SCHEMA_OR_BOOL, SCHEMA_OR_STRING_ARRAY -> JsonObject.EMPTY;
        };
    }

    private static JsonObject of(String type, String format) {
        return JsonObject.of("type", type, "format", format);
    }

    /// A text or a number. The older version has no word for it and says text.
    private JsonObject either(String type, String format) {
        return this == V2 ? of("string", format) : JsonObject.of("oneOf", List.of(of(type, null), of("string", null)), "format", format);
    }
}
