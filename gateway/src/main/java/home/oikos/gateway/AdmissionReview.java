package home.oikos.gateway;

import home.oikos.api.JsonObject;
import java.util.Optional;

/// The two halves of an AdmissionReview (admission.k8s.io/v1) as far as the gateway uses them.
record AdmissionReview(String uid, String operation, String kind, String subresource, JsonObject object, JsonObject oldObject) {
    static AdmissionReview read(JsonObject review) {
        var request = review.at("request");
        return new AdmissionReview(request.at("uid").text(""), request.at("operation").text(""), request.at("kind", "kind").text(""),
                request.at("subResource").text(""), request.at("object").object(), request.at("oldObject").object());
    }

    /// Whether there is a spec to judge.
    boolean isSpecWrite() {
        return subresource.isEmpty() && (operation.equals("CREATE") || operation.equals("UPDATE"));
    }

    JsonObject answer(Optional<String> refusal) {
        var response = JsonObject.of("uid", uid, "allowed", refusal.isEmpty());
        if (refusal.isPresent()) {
            response = response.with("status", JsonObject.of("code", 403, "reason", "Forbidden", "message", refusal.get()));
        }
        return JsonObject.of("apiVersion", "admission.k8s.io/v1", "kind", "AdmissionReview", "response", response);
    }
}
