package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.http.Request;
import home.oikos.http.Response;

/// Sends whole answers.
final class Answers {
    private Answers() { }

    static void status(Request request, Response response, ApiStatus status) {
        int code = status.code() == 0 ? 200 : status.code();
        if (request.method().equals("HEAD")) {
            response.send(code, "application/json", new byte[0]);
            return;
        }
        status.details().filter(d -> d.retryAfterSeconds() > 0)
                .ifPresent(d -> response.header("Retry-After", Integer.toString(d.retryAfterSeconds())));
        var accepted = Accepted.forStatus(request);
        response.send(code, accepted.type().text(), WireFormat.encode(accepted.type(), status.toJson()));
    }

    static void failure(Request request, Response response, ApiException e) {
        status(request, response, e.status());
    }

    static void text(Response response, int code, String text) {
        response.send(code, "text/plain; charset=utf-8", ObjectBytes.utf8(text));
    }

    static void noSuchPath(Response response) {
        text(response, 404, "404 page not found\n");
    }
}
