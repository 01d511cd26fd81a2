package home.oikos.dashboard;

import home.oikos.api.ApiStatus;
import home.oikos.api.Json;
import home.oikos.api.Reason;
import home.oikos.http.Response;

/// Answers of the dashboard's own endpoints.
final class Answers {
    private static final byte[] NONE = {};

    private Answers() { }

    static void json(Response response, int status, Json body) {
        response.header("Cache-Control", "no-store");
        response.send(status, "application/json", body.bytes());
    }

    static void done(Response response) {
        response.header("Cache-Control", "no-store");
        response.send(204, "application/json", NONE);
    }

    static void refuse(Response response, Reason reason, String why) {
        json(response, reason.code(), ApiStatus.failure(reason, why).toJson());
    }
}
