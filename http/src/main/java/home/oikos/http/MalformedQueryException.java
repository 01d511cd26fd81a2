package home.oikos.http;

/// A query string that is not percent-encoded properly. Answered 400 by the server.
public final class MalformedQueryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedQueryException(String text, Throwable cause) {
        super("expected a percent-encoded query, found \"" + text + "\"", cause);
    }
}
