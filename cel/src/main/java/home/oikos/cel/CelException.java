package home.oikos.cel;

/// An expression that does not compile, or that has no value now. The message says why in words for the person who wrote it.
public final class CelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CelException(String message) {
        super(message);
    }

    CelException(String message, Throwable cause) {
        super(message, cause);
    }
}
