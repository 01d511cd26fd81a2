package home.oikos.cel;

/// An expression that does not compile, or that has no value now. The message says why in words for the person who wrote it.
public final class CelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String report;

    public CelException(String message) {
        this(message, message);
    }

    /// @param report where the text is wrong, with a mark below the place, as CEL's own tools print it
    CelException(String message, String report) {
        super(message);
        this.report = report;
    }

    CelException(String message, Throwable cause) {
        super(message, cause);
        this.report = message;
    }

    public String report() {
        return report;
    }
}
