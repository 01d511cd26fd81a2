package home.oikos.apiserver;

import home.oikos.api.JsonObject;

/// Someone outside the API server who may refuse a write: the shape of a webhook (admission.k8s.io/v1), called in process.
/// The gateway's interlocks are one; dist wires it. Called on the thread of the request, so it must be quick. When it throws the write
/// is refused (failurePolicy Fail).
@FunctionalInterface
public interface AdmissionReviewer {
    /// @param review an AdmissionReview with its `request`: uid, kind, resource, subResource, name, namespace, operation, userInfo, object,
    ///        oldObject, dryRun
    /// @return an AdmissionReview with its `response`: uid, allowed, status.{message,code,reason}, warnings
    JsonObject review(JsonObject review);
}
