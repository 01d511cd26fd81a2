package home.oikos.api;

/// A request that was refused, with the Status that tells why. Thrown inside the server, and by the client for what a server answered.
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ApiStatus status;

    public ApiException(ApiStatus status) {
        super(status.message());
        this.status = status;
    }

    public ApiException(Reason reason, String format, Object... arguments) {
        this(ApiStatus.failure(reason, arguments.length == 0 ? format : format.formatted(arguments)));
    }

    /// The exception of a Status that came over the wire.
    public static ApiException of(Json status) {
        return new ApiException(ApiStatus.of(status));
    }

    /// The HTTP code.
    public int code() {
        return status.code();
    }

    public ApiStatus status() {
        return status;
    }

    public Reason reason() {
        return status.reason();
    }
}
