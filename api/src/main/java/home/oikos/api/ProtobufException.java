package home.oikos.api;

/// Bytes that are not a message of the type expected.
public final class ProtobufException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ProtobufException(String message) {
        super(message);
    }
}
