package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// One thing wrong with one field of an object: a cause of an Invalid Status.
/// @param field the path as users write it: `spec.ports[0].port`
/// @param message begins with the type's words: `Required value: ...`
public record FieldError(Type type, String field, String message) {
    /// Why, with the wire's reason.
    public enum Type {
        INVALID("FieldValueInvalid"), REQUIRED("FieldValueRequired"), FORBIDDEN("FieldValueForbidden"), NOT_SUPPORTED("FieldValueNotSupported"),
        DUPLICATE("FieldValueDuplicate"), NOT_FOUND("FieldValueNotFound"), TOO_LONG("FieldValueTooLong"), TOO_MANY("FieldValueTooMany"),
        TYPE_INVALID("FieldValueTypeInvalid"), INTERNAL("InternalError");

        private final String reason;

        Type(String reason) {
            this.reason = reason;
        }
    }

    public static FieldError invalid(String field, Object value, String detail) {
        return new FieldError(Type.INVALID, field, "Invalid value: " + quoted(value) + ": " + detail);
    }

    public static FieldError required(String field, String detail) {
        return new FieldError(Type.REQUIRED, field, detail.isEmpty() ? "Required value" : "Required value: " + detail);
    }

    public static FieldError forbidden(String field, String detail) {
        return new FieldError(Type.FORBIDDEN, field, "Forbidden: " + detail);
    }

    public static FieldError notSupported(String field, Object value, List<String> supported) {
        var values = supported.stream().map(s -> '"' + s + '"').collect(Collectors.joining(", "));
        return new FieldError(Type.NOT_SUPPORTED, field, "Unsupported value: " + quoted(value) + ": supported values: " + values);
    }

    public static FieldError duplicate(String field, Object value) {
        return new FieldError(Type.DUPLICATE, field, "Duplicate value: " + quoted(value));
    }

    public static FieldError notFound(String field, Object value) {
        return new FieldError(Type.NOT_FOUND, field, "Not found: " + quoted(value));
    }

    public static FieldError tooLong(String field, String detail) {
        return new FieldError(Type.TOO_LONG, field, "Too long: " + detail);
    }

    /// As Go's error shows it: text in quotes, other values as JSON.
    private static String quoted(Object value) {
        return new String(Json.of(value).bytes(), StandardCharsets.UTF_8);
    }

    JsonObject cause() {
        return JsonObject.of("reason", type.reason, "message", message, "field", field);
    }

    @Override
    public String toString() {
        return field + ": " + message;
    }
}
