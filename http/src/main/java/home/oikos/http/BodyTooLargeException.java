package home.oikos.http;

/// A request body longer than its limit.
public final class BodyTooLargeException extends Exception {
    private static final long serialVersionUID = 1;

    public BodyTooLargeException(int bytesMax) {
        super("the request body is longer than the limit of " + bytesMax + " bytes");
    }
}
