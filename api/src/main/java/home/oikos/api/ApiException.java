package home.oikos.api;

/// A refusal of the API, as its metav1.Status says it.
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient JsonObject status;

    private ApiException(JsonObject status) {
        super(status.at("message").text("the API refused with code " + status.at("code").integer(500)));
        this.status = status;
    }

    /// The exception of a Status that came over the wire.
    public static ApiException of(JsonObject status) {
        return new ApiException(status);
    }

    /// The HTTP code.
    public int code() {
        return status.at("code").integer(500);
    }

    /// The API's reason, as in `NotFound`; empty when it gave none.
    public String reason() {
        return status.at("reason").text("");
    }

    public JsonObject status() {
        return status;
    }
}
