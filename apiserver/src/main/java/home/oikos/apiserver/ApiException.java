package home.oikos.apiserver;

import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.List;

/// A request that is answered with a Status of failure. Thrown anywhere below the filters; one filter turns it into the answer.
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final StatusReason reason;
    private final int code;
    /// Null where upstream's Status has no `details` at all, which is not the same to a client as an empty one.
    private final transient JsonObject details;

    public ApiException(StatusReason reason, String message) {
        this(reason, reason.code(), message, null);
    }

    public ApiException(StatusReason reason, String message, JsonObject details) {
        this(reason, reason.code(), message, details);
    }

    public ApiException(StatusReason reason, int code, String message, JsonObject details) {
        super(message, null, false, false);
        this.reason = reason;
        this.code = code;
        this.details = details;
    }

    public static ApiException badRequest(String message, Object... arguments) {
        return new ApiException(StatusReason.BAD_REQUEST, arguments.length == 0 ? message : message.formatted(arguments));
    }

    public static ApiException notFound(String group, String resource, String name) {
        return new ApiException(StatusReason.NOT_FOUND, "%s \"%s\" not found".formatted(qualified(group, resource), name), details(group, resource, name));
    }

    public static ApiException alreadyExists(String group, String resource, String name) {
        return new ApiException(StatusReason.ALREADY_EXISTS, "%s \"%s\" already exists".formatted(qualified(group, resource), name),
                details(group, resource, name));
    }

    public static ApiException conflict(String group, String resource, String name, String why) {
        return new ApiException(StatusReason.CONFLICT, "Operation cannot be fulfilled on %s \"%s\": %s".formatted(qualified(group, resource), name, why),
                details(group, resource, name));
    }

    public static ApiException forbidden(String group, String resource, String name, String why) {
        return new ApiException(StatusReason.FORBIDDEN, "%s \"%s\" is forbidden: %s".formatted(qualified(group, resource), name, why),
                details(group, resource, name));
    }

    /// @param kind the kind of the object, which stands where other errors have the resource
    public static ApiException invalid(String group, String kind, String name, List<FieldError> errors) {
        var causes = new JsonArray(errors.stream().map(e -> (home.oikos.api.Json) e.cause()).toList());
        var texts = errors.stream().map(FieldError::toString).distinct().toList();
        var text = texts.size() == 1 ? texts.getFirst() : "[" + String.join(", ", texts) + "]";
        return new ApiException(StatusReason.INVALID, "%s \"%s\" is invalid: %s".formatted(qualified(group, kind), name, text),
                details(group, kind, name).with("causes", causes));
    }

    /// A path that names no resource.
    public static ApiException noSuchResource() {
        return new ApiException(StatusReason.NOT_FOUND, "the server could not find the requested resource", JsonObject.EMPTY);
    }

    public static ApiException methodNotAllowed() {
        return new ApiException(StatusReason.METHOD_NOT_ALLOWED, "the server does not allow this method on the requested resource", JsonObject.EMPTY);
    }

    private static String qualified(String group, String resource) {
        return group.isEmpty() ? resource : resource + "." + group;
    }

    static JsonObject details(String group, String resource, String name) {
        return JsonObject.of("name", name.isEmpty() ? null : name, "group", group.isEmpty() ? null : group, "kind", resource);
    }

    public StatusReason reason() {
        return reason;
    }

    public int code() {
        return code;
    }

    /// The metav1.Status that says all this.
    public JsonObject status() {
        return JsonObject.of("kind", "Status", "apiVersion", "v1", "metadata", JsonObject.EMPTY, "status", "Failure", "message", getMessage(),
                "reason", reason.word().isEmpty() ? null : reason.word(), "details", details, "code", code);
    }
}
