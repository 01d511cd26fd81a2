package home.oikos.http;

/// The server holds as many requests or watches as it may. Whoever does not catch it has the server answer 429 with Retry-After.
public final class OverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public OverloadedException(String message) {
        super(message);
    }
}
