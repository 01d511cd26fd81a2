package home.oikos.api;

/// Bytes that are not one JSON document. The message says what was found where.
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public JsonException(String message) {
        super(message);
    }
}
