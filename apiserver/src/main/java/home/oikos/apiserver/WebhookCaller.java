package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.Json;
import home.oikos.api.JsonException;
import home.oikos.api.JsonObject;
import home.oikos.api.Reason;
import home.oikos.api.StatusDetails;
import home.oikos.cel.CelException;
import home.oikos.cel.TypedValues;
import home.oikos.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// Asks webhooks about writes: finds those that are meant, sends each an AdmissionReview, and makes refusals and failures what the user
/// reads. Free for any thread.
final class WebhookCaller {
    private final Store store;
    private final AdmissionMatch match;
    private final WebhookTarget target;
    private final PolicyCompiler compiler;
    private final Metadata metadata;

    WebhookCaller(Store store, Resources resources, ApiServerOptions options, PolicyCompiler compiler) {
        this.store = store;
        this.match = new AdmissionMatch(store, resources);
        this.target = new WebhookTarget(options.dialer(), new ServiceEndpoints(store));
        this.compiler = compiler;
        this.metadata = new Metadata(options.clock(), options.random());
    }

    /// All webhooks of a kind of configuration, in the order in which they are asked.
    List<Webhook> all(Admission admission, String plural) {
        var webhooks = new ArrayList<Webhook>();
        if (AdmissionMatch.isExempt(admission)) return webhooks;
        var prefix = Resource.prefix("admissionregistration.k8s.io", plural);
        store.snapshot().range(prefix, prefix, entry -> {
            var list = ObjectBytes.tree(entry).at("webhooks").array();
            for (int i = 0; i < list.size(); i++) webhooks.add(new Webhook(Resource.name(entry.key()), i, list.at(i)));
            return true;
        });
        return webhooks;
    }

    /// What a webhook answers that has allowed the write.
    /// @param shown the version of the object that it was sent
    record Allowed(Json response, Resource shown) { }

    /// @return empty when it is not meant, or failed and may
    /// @throws ApiException when it refuses, or failed and may not
    Optional<Allowed> ask(Webhook webhook, Admission admission, JsonObject object) {
        var shown = match.match(admission, object, webhook.json());
        try {
            if (shown.isEmpty() || !holds(webhook, admission, object, shown.get())) return Optional.empty();
        } catch (CelException failed) {
            if (webhook.ignoresFailure()) return Optional.empty();
            throw new ApiException(ApiStatus.forbidden(admission.resource().definition().groupVersionResource(), admission.name(),
                    failed.getMessage()));
        }
        if (admission.dryRun() && !webhook.mayRunDry()) throw new ApiException(Reason.BAD_REQUEST,
                "admission webhook \"%s\" does not support dry run", webhook.name());
        var response = response(webhook, admission, object, shown.get());
        response.ifPresent(answer -> judge(webhook, admission, answer));
        return response.map(answer -> new Allowed(answer, shown.get()));
    }

    private boolean holds(Webhook webhook, Admission admission, JsonObject object, Resource shown) {
        var conditions = webhook.json().at("matchConditions").array();
        if (conditions.isEmpty()) return true;
        var request = AdmissionRequest.of(admission, object, shown, "");
        var values = new HashMap<String, Object>();
        values.put("object", TypedValues.of(request.at("object"), null));
        values.put("oldObject", TypedValues.of(request.at("oldObject"), null));
        values.put("request", TypedValues.of(request.without("object").without("oldObject"), null));
        values.put("namespaceObject", TypedValues.of(Json.NULL, null));
        for (var condition : conditions) {
            if (!compiler.compile(condition.at("expression").text("")).evaluate(values).bool(false)) return false;
        }
        return true;
    }

    private Optional<Json> response(Webhook webhook, Admission admission, JsonObject object, Resource shown) {
        var uid = metadata.uid();
        var review = JsonObject.of("kind", "AdmissionReview", "apiVersion", "admission.k8s.io/v1", "request",
                AdmissionRequest.of(admission, object, shown, uid));
        var config = webhook.json().at("clientConfig");
        var query = "?timeout=" + webhook.timeout().toSeconds() + "s";
        try {
            return Optional.of(checked(Json.parse(target.post(config, query, review.bytes(), webhook.timeout())), uid));
        } catch (IOException | JsonException | IllegalArgumentException failed) {
            if (webhook.ignoresFailure()) {
                admission.annotate().accept("failed-open.webhook.admission.k8s.io/" + webhook.configuration() + "_" + webhook.index(),
                        webhook.name());
                return Optional.empty();
            }
            throw new ApiException(ApiStatus.internalError("failed calling webhook \"%s\": failed to call webhook: Post \"%s\": %s"
                    .formatted(webhook.name(), WebhookTarget.shown(config, query), failed.getMessage())));
        }
    }

    private static Json checked(Json review, String uid) throws IOException {
        if (!review.at("kind").text("").equals("AdmissionReview") || !review.at("apiVersion").text("").equals("admission.k8s.io/v1")) {
            throw new IOException("expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got %s, Kind=%s".formatted(
                    review.at("apiVersion").text(""), review.at("kind").text("")));
        }
        var response = review.at("response");
        if (response.isNull()) throw new IOException("webhook response was absent");
        if (response.at("uid").text("").equals(uid)) return response;
        throw new IOException("expected response.uid=\"%s\", got \"%s\"".formatted(uid, response.at("uid").text("")));
    }

    private static void judge(Webhook webhook, Admission admission, Json response) {
        response.at("warnings").array().forEach(warning -> admission.warn().accept(warning.text("")));
        response.at("auditAnnotations").object().members().forEach((key, value) ->
                admission.annotate().accept(webhook.name() + "/" + key, value.text("")));
        if (response.at("allowed").bool(false)) return;
        var status = response.at("status");
        var denied = "admission webhook \"%s\" denied the request".formatted(webhook.name());
        var why = status.at("message").text("");
        var reason = status.at("reason").text("");
        var message = !why.isEmpty() ? denied + ": " + why : reason.isEmpty() ? denied + " without explanation" : denied + ": " + reason;
        var told = ApiStatus.of(JsonObject.of("status", "Failure", "message", message, "reason", reason, "code",
                Math.max(status.at("code").integer(0), Reason.BAD_REQUEST.code()), "details", status.at("details")));
        throw new ApiException(new ApiStatus(false, message, told.reason(), told.code(), Optional.of(told.details().orElse(StatusDetails.EMPTY))));
    }
}
