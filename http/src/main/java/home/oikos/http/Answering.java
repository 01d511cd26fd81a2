package home.oikos.http;

import java.nio.charset.StandardCharsets;

/// Runs a handler and sees to it that there is an answer.
final class Answering {
    private static final System.Logger LOG = System.getLogger(Answering.class.getName());

    private Answering() { }

    static void run(Handler handler, Request request, Response response) {
        try {
            handler.handle(request, response);
            if (!response.isAnswered()) fail(request, response, new IllegalStateException("the handler returned without an answer"));
        } catch (BodyTooLargeException e) {
            refuse(response, 413, e.getMessage());
        } catch (OverloadedException e) {
            overloaded(response, e);
        } catch (Exception e) {
            fail(request, response, e);
        }
    }

    static void overloaded(Response response, OverloadedException e) {
        if (!response.isAnswered()) response.header("Retry-After", "1");
        refuse(response, 429, e.getMessage());
    }

    private static void fail(Request request, Response response, Exception e) {
        LOG.log(System.Logger.Level.ERROR, request.method() + " " + request.path() + " failed", e);
        refuse(response, 500, "internal error");
    }

    static void refuse(Response response, int status, String message) {
        if (!response.isAnswered()) response.send(status, "text/plain; charset=utf-8", message.getBytes(StandardCharsets.UTF_8));
    }
}
