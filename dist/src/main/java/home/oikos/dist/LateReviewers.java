package home.oikos.dist;

import home.oikos.api.JsonObject;
import home.oikos.apiserver.AdmissionReviewer;
import java.util.List;
import java.util.Optional;

/// Those who may refuse writes but open after the API. Until one is there, what it would watch over may not be written: an interlock
/// that has not woken up must not let anything pass.
final class LateReviewers implements AdmissionReviewer {
    private static final List<String> WATCHED = List.of("devices");

    private volatile Optional<AdmissionReviewer> opened = Optional.empty();

    void open(AdmissionReviewer reviewer) {
        opened = Optional.of(reviewer);
    }

    @Override
    public JsonObject review(JsonObject review) {
        return opened.map(reviewer -> reviewer.review(review)).orElseGet(() -> unopened(review));
    }

    private static JsonObject unopened(JsonObject review) {
        var request = review.at("request");
        boolean watched = WATCHED.contains(request.at("resource", "resource").text("")) && request.at("subResource").text("").isEmpty();
        var answer = JsonObject.of("uid", request.at("uid"), "allowed", !watched);
        var refused = watched ? answer.with("status", JsonObject.of("code", 503, "reason", "ServiceUnavailable",
                "message", "the interlocks are still being read; try again in a moment")) : answer;
        return JsonObject.of("apiVersion", review.at("apiVersion"), "kind", review.at("kind"), "response", refused);
    }
}
