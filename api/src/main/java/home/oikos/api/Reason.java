package home.oikos.api;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Why the API refused, in Kubernetes' words, each with its HTTP code.
public enum Reason {
    /// A failure that Kubernetes gives no reason: the word is left out of the Status.
    UNKNOWN("", 500),
    BAD_REQUEST("BadRequest", 400), UNAUTHORIZED("Unauthorized", 401), FORBIDDEN("Forbidden", 403), NOT_FOUND("NotFound", 404),
    METHOD_NOT_ALLOWED("MethodNotAllowed", 405), NOT_ACCEPTABLE("NotAcceptable", 406), ALREADY_EXISTS("AlreadyExists", 409),
    CONFLICT("Conflict", 409), GONE("Gone", 410), EXPIRED("Expired", 410), REQUEST_ENTITY_TOO_LARGE("RequestEntityTooLarge", 413),
    UNSUPPORTED_MEDIA_TYPE("UnsupportedMediaType", 415), INVALID("Invalid", 422), TOO_MANY_REQUESTS("TooManyRequests", 429),
    INTERNAL_ERROR("InternalError", 500), SERVER_TIMEOUT("ServerTimeout", 500), SERVICE_UNAVAILABLE("ServiceUnavailable", 503),
    TIMEOUT("Timeout", 504);

    private static final Map<String, Reason> BY_WORD = Arrays.stream(values()).collect(Collectors.toMap(Reason::word, Function.identity()));

    private final String word;
    private final int code;

    Reason(String word, int code) {
        this.word = word;
        this.code = code;
    }

    public String word() {
        return word;
    }

    public int code() {
        return code;
    }

    /// The reason a Status tells; of an unknown word the one that its code suggests, since servers may have more words than we.
    static Reason of(String word, int code) {
        var known = BY_WORD.get(word);
        if (known != null && (known != UNKNOWN || code == 500)) return known;
        return Arrays.stream(values()).skip(1).filter(reason -> reason.code == code).findFirst().orElse(UNKNOWN);
    }
}
