package home.oikos.api;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/// What is wrong with one member of an object, in Kubernetes' wording.
/// @param field   its path, e.g. `spec.ports[0].port`
/// @param message without the path, e.g. `Invalid value: -1: must be greater than or equal to 0`
public record FieldError(Type type, String field, String message) {
    /// The kinds of errors: the reason a client sees in the cause, and the words the message begins with.
    public enum Type {
        NOT_FOUND("FieldValueNotFound", "Not found"), REQUIRED("FieldValueRequired", "Required value"),
        DUPLICATE("FieldValueDuplicate", "Duplicate value"), INVALID("FieldValueInvalid", "Invalid value"),
        NOT_SUPPORTED("FieldValueNotSupported", "Unsupported value"), FORBIDDEN("FieldValueForbidden", "Forbidden"),
        TOO_LONG("FieldValueTooLong", "Too long"), TOO_MANY("FieldValueTooMany", "Too many"), INTERNAL("InternalError", "Internal error"),
        TYPE_INVALID("FieldValueTypeInvalid", "Invalid value");

        private final String reason;
        private final String words;

        Type(String reason, String words) {
            this.reason = reason;
            this.words = words;
        }
    }

    public static FieldError required(String field) {
        return required(field, "");
    }

    public static FieldError required(String field, String detail) {
        return of(Type.REQUIRED, field, "", detail);
    }

    /// @param value a plain value or a tree: strings are quoted, the rest is written as JSON
    public static FieldError invalid(String field, Object value, String detail) {
        return of(Type.INVALID, field, shown(value), detail);
    }

    public static FieldError typeInvalid(String field, Object value, String detail) {
        return of(Type.TYPE_INVALID, field, shown(value), detail);
    }

    /// @param supported in the order in which they shall be told; Kubernetes mostly sorts them
    public static FieldError notSupported(String field, Object value, List<String> supported) {
        var quoted = supported.stream().map(FieldError::quoted).collect(Collectors.joining(", "));
        return of(Type.NOT_SUPPORTED, field, shown(value), supported.isEmpty() ? "" : "supported values: " + quoted);
    }

    public static FieldError forbidden(String field, String detail) {
        return of(Type.FORBIDDEN, field, "", detail);
    }

    public static FieldError duplicate(String field, Object value) {
        return of(Type.DUPLICATE, field, shown(value), "");
    }

    public static FieldError notFound(String field, Object value) {
        return of(Type.NOT_FOUND, field, shown(value), "");
    }

    public static FieldError tooLong(String field, long bytesMax) {
        return of(Type.TOO_LONG, field, "", "may not be more than " + bytesMax + " bytes");
    }

    public static FieldError tooMany(String field, long found, long itemsMax) {
        return of(Type.TOO_MANY, field, Long.toString(found), "must have at most " + itemsMax + (itemsMax == 1 ? " item" : " items"));
    }

    private static FieldError of(Type type, String field, String value, String detail) {
        var message = new StringBuilder(type.words);
        if (!value.isEmpty()) message.append(": ").append(value);
        if (!detail.isEmpty()) message.append(": ").append(detail);
        return new FieldError(type, field, message.toString());
    }

    private static String shown(Object value) {
        var json = Json.of(value);
        return json instanceof JsonString(var text) ? quoted(text) : asGo(json);
    }

    /// Go's encoder escapes what HTML could take for markup.
    private static String asGo(Json json) {
        return json.toString().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }

    static String quoted(String text) {
        return new JsonString(text).toString();
    }

    StatusCause cause() {
        return new StatusCause(type.reason, message, field);
    }

    @Override
    public String toString() {
        return field.isEmpty() ? message : field + ": " + message;
    }

    /// As Kubernetes joins errors: in brackets when there are several, each text once.
    static String joined(List<FieldError> errors) {
        return joined(errors.stream().map(FieldError::toString).toArray(String[]::new));
    }

    static String joined(String... messages) {
        var distinct = new LinkedHashSet<>(Arrays.asList(messages));
        return distinct.size() == 1 ? distinct.getFirst() : "[" + String.join(", ", distinct) + "]";
    }
}
