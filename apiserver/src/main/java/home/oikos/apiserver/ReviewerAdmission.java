package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.List;

/// Asks the reviewers from other rooms (the gateway's interlocks) about each write of a custom resource, in the form of a webhook.
final class ReviewerAdmission implements AdmissionPlugin {
    private final List<AdmissionReviewer> reviewers;
    private final Metadata metadata;

    ReviewerAdmission(List<AdmissionReviewer> reviewers, Metadata metadata) {
        this.reviewers = List.copyOf(reviewers);
        this.metadata = metadata;
    }

    @Override
    public void validate(Admission admission, JsonObject object) {
        if (reviewers.isEmpty() || !admission.resource().custom()) return;
        var review = review(admission, object);
        for (var reviewer : reviewers) check(admission, reviewer.review(review).at("response"));
    }

    private JsonObject review(Admission admission, JsonObject object) {
        var request = AdmissionRequest.of(admission, object, admission.resource(), metadata.uid());
        return JsonObject.of("kind", "AdmissionReview", "apiVersion", "admission.k8s.io/v1", "request", request);
    }

    private static void check(Admission admission, Json response) {
        response.at("warnings").array().forEach(w -> admission.warn().accept(w.text("")));
        if (response.at("allowed").bool(false)) return;
        var refused = ApiStatus.forbidden(admission.resource().definition().groupVersionResource(), admission.name(),
                response.at("status", "message").text("an admission reviewer refused it without telling why"));
        throw new ApiException(new ApiStatus(false, refused.message(), refused.reason(),
                response.at("status", "code").integer(refused.code()), refused.details()));
    }
}
