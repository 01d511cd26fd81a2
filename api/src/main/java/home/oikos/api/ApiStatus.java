package home.oikos.api;

import java.util.List;
import java.util.Optional;

/// A `v1` Status: how the API tells failure, and success where there is no object to show. Shared by server and client.
/// @param reason  of a failure; [Reason#UNKNOWN] with success
/// @param code    the HTTP code; 0 in a success that leaves it out
/// @param details absent in some failures, present but empty in others: clients see the difference, so it is kept
public record ApiStatus(boolean success, String message, Reason reason, int code, Optional<StatusDetails> details) {
    static String present(String text) {
        return text.isEmpty() ? null : text;
    }

    /// A failure that tells only why.
    public static ApiStatus failure(Reason reason, String message) {
        return new ApiStatus(false, message, reason, reason.code(), Optional.empty());
    }

    public static ApiStatus failure(Reason reason, String message, StatusDetails details) {
        return new ApiStatus(false, message, reason, reason.code(), Optional.of(details));
    }

    /// What DELETE answers when the object is gone.
    public static ApiStatus deleted(GroupVersionResource resource, String name, String uid) {
        return new ApiStatus(true, "", Reason.UNKNOWN, 0, Optional.of(StatusDetails.of(name, resource.group(),
                resource.resource()).withUid(uid)));
    }

    public static ApiStatus badRequest(String message) {
        return failure(Reason.BAD_REQUEST, message);
    }

    public static ApiStatus notFound(GroupVersionResource resource, String name) {
        return named(Reason.NOT_FOUND, resource, name, "%s \"%s\" not found");
    }

    public static ApiStatus alreadyExists(GroupVersionResource resource, String name) {
        return named(Reason.ALREADY_EXISTS, resource, name, "%s \"%s\" already exists");
    }

    /// A write against an old version of the object.
    public static ApiStatus modified(GroupVersionResource resource, String name) {
        return conflict(resource, name, "the object has been modified; please apply your changes to the latest version and try again");
    }

    public static ApiStatus conflict(GroupVersionResource resource, String name, String why) {
        return named(Reason.CONFLICT, resource, name, "Operation cannot be fulfilled on %s \"%s\": " + why.replace("%", "%%"));
    }

    /// @param name empty when no single object is meant
    public static ApiStatus forbidden(GroupVersionResource resource, String name, String why) {
        var what = name.isEmpty() ? resource.qualified() : resource.qualified() + " \"" + name + "\"";
        return failure(Reason.FORBIDDEN, what + " is forbidden: " + why, StatusDetails.of(name, resource.group(), resource.resource()));
    }

    private static ApiStatus named(Reason reason, GroupVersionResource resource, String name, String format) {
        return failure(reason, format.formatted(resource.qualified(), name), StatusDetails.of(name, resource.group(), resource.resource()));
    }

    public static ApiStatus methodNotAllowed() {
        return failure(Reason.METHOD_NOT_ALLOWED, "the server does not allow this method on the requested resource", StatusDetails.EMPTY);
    }

    /// `verb` is not served for the resource.
    public static ApiStatus methodNotAllowed(GroupVersionResource resource, String verb) {
        return failure(Reason.METHOD_NOT_ALLOWED, "%s is not supported on resources of kind \"%s\"".formatted(verb, resource.qualified()),
                StatusDetails.of("", resource.group(), resource.resource()));
    }

    /// An object that decodes but is wrong in the fields told.
    public static ApiStatus invalid(GroupVersionKind kind, String name, List<FieldError> errors) {
        return invalid(kind.group(), kind.kind(), name, errors);
    }

    public static ApiStatus invalid(String group, String kind, String name, List<FieldError> errors) {
        var what = group.isEmpty() ? kind : kind + "." + group;
        return failure(Reason.INVALID, "%s \"%s\" is invalid: %s".formatted(what, name, FieldError.joined(errors)),
                StatusDetails.of(name, group, kind).withCauses(errors.stream().map(FieldError::cause).toList()));
    }

    /// A failure of ours, told in words.
    public static ApiStatus internalError(String why) {
        return failure(Reason.INTERNAL_ERROR, "Internal error occurred: " + why,
                StatusDetails.EMPTY.withCauses(List.of(new StatusCause("", why, ""))));
    }

    public static ApiStatus tooManyRequests(String why, int retryAfterSeconds) {
        return failure(Reason.TOO_MANY_REQUESTS, why, StatusDetails.EMPTY.withRetryAfter(retryAfterSeconds));
    }

    /// True for a failure with that reason.
    public boolean is(Reason wanted) {
        return !success && reason == wanted;
    }

    public JsonObject toJson() {
        return JsonObject.of("kind", "Status", "apiVersion", "v1", "metadata", JsonObject.EMPTY, "status", success ? "Success" : "Failure",
                "message", present(message), "reason", present(reason.word()), "details", details.map(StatusDetails::toJson).orElse(null),
                "code", code == 0 ? null : code);
    }

    public static ApiStatus of(Json json) {
        int code = json.at("code").integer(0);
        boolean success = json.at("status").text("").equals("Success");
        return new ApiStatus(success, json.at("message").text(""), success ? Reason.UNKNOWN : Reason.of(json.at("reason").text(""), code),
                code,
                json.at("details").isNull() ? Optional.empty() : Optional.of(StatusDetails.of(json.at("details"))));
    }
}
