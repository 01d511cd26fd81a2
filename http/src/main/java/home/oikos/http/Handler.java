package home.oikos.http;

/// Answers one request. Called on a virtual thread of its own: it may block. It gives exactly one answer through the response;
/// one that returns without an answer, or throws, is answered 500 by the server and logged.
@FunctionalInterface
public interface Handler {
    void handle(Request request, Response response) throws Exception;
}
