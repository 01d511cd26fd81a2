package home.oikos.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Runs a handler and sees to it that there is an answer.
final class Answering {
    private static final System.Logger LOG = System.getLogger(Answering.class.getName());

    private Answering() { }

    static void run(Handler handler, Request request, ServedResponse response) {
        try {
            handler.handle(request, response);
            if (!response.isAnswered()) throw new IllegalStateException("the handler returned without an answer");
            response.handlerReturned(false);
        } catch (Exception e) {
            failed(request, response, e);
        }
    }

    private static void failed(Request request, ServedResponse response, Exception failure) {
        switch (failure) {
            case BodyTooLargeException e -> refuse(response, 413, e.getMessage());
            case BodyStalledException e -> refuse(response, 408, e.getMessage());
            case OverloadedException e -> overloaded(response, e);
            case MalformedQueryException e -> refuse(response, 400, e.getMessage());
            case IOException _ -> refuse(response, 500, "internal error");            // most often the client has gone: no news
            default -> {
                LOG.log(System.Logger.Level.ERROR, request.method() + " " + request.path() + " failed", failure);
                refuse(response, 500, "internal error");
            }
        }
        try {
            response.handlerReturned(true);
        } catch (IOException _) {
            // The answer was to be broken off, and is.
        }
    }

    static void overloaded(Response response, OverloadedException e) {
        if (!response.isAnswered()) response.header("Retry-After", "1");
        refuse(response, 429, e.getMessage());
    }

    private static void refuse(Response response, int status, String message) {
        if (!response.isAnswered()) response.send(status, "text/plain; charset=utf-8", message.getBytes(StandardCharsets.UTF_8));
    }
}
