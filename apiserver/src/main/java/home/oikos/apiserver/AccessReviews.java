package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Answers "may somebody do something": the reviews of authorization.k8s.io. Nothing of them is stored.
final class AccessReviews {
    private static final String GROUP = "authorization.k8s.io";

    private final Authorizer authorizer;
    private final RbacView view;

    AccessReviews(Authorizer authorizer, RbacView view) {
        this.authorizer = authorizer;
        this.view = view;
    }

    JsonObject subject(JsonObject review) {
        var spec = review.at("spec");
        check(review, "", spec, true);
        return answered(review, subjectOf(spec), spec);
    }

    JsonObject local(JsonObject review, String namespace) {
        var spec = review.at("spec");
        check(review, namespace, spec, true);
        return answered(review, subjectOf(spec), spec);
    }

    JsonObject self(JsonObject review, User user) {
        var spec = review.at("spec");
        check(review, "", spec, false);
        return answered(review, user, spec);
    }

    private JsonObject answered(JsonObject review, User user, Json spec) {
        var authorization = authorizer.authorize(user, call(spec));
        var reason = authorization.reason();
        return review.with("status", JsonObject.of("allowed", authorization.allowed(), "reason", reason.isEmpty() ? null : reason));
    }

    private static User subjectOf(Json spec) {
        return new User(spec.at("user").text(""), spec.at("uid").text(""), RbacRule.texts(spec.at("groups")), extra(spec.at("extra")));
    }

    private static Map<String, List<String>> extra(Json json) {
        var extra = new LinkedHashMap<String, List<String>>();
        json.object().members().forEach((key, values) -> extra.put(key, RbacRule.texts(values)));
        return extra;
    }

    private static ApiCall call(Json spec) {
        var path = spec.at("nonResourceAttributes");
        if (path.isPresent()) return new ApiCall(false, path.at("verb").text(""), path.at("path").text(""), "", "", "", "", "", "");
        var asked = spec.at("resourceAttributes");
        return new ApiCall(true, asked.at("verb").text(""), "", asked.at("group").text(""), asked.at("version").text(""),
                asked.at("namespace").text(""),
                asked.at("resource").text(""), asked.at("subresource").text(""), asked.at("name").text(""));
    }

    /// @param namespace that of a local review; empty for the others
    private static void check(JsonObject review, String namespace, Json spec, boolean namesSubject) {
        var errors = new ArrayList<FieldError>();
        var resource = spec.at("resourceAttributes");
        var path = spec.at("nonResourceAttributes");
        if (resource.isPresent() && path.isPresent()) {
            errors.add(FieldError.invalid("spec.nonResourceAttributes", path,
                    "cannot be specified in combination with resourceAttributes"));
        }
        if (resource.isNull() && path.isNull()) {
            errors.add(FieldError.invalid("spec.resourceAttributes", Json.NULL,
                    "exactly one of nonResourceAttributes or resourceAttributes must be specified"));
        }
        if (namesSubject && spec.at("user").text("").isEmpty() && spec.at("groups").array().isEmpty()) {
            errors.add(FieldError.invalid("spec.user", "", "at least one of user or group must be specified"));
        }
        metadata(review.at("metadata").object(), namespace, errors);
        if (!namespace.isEmpty()) local(resource, path, namespace, errors);
        if (!errors.isEmpty()) throw new ApiException(ApiStatus.invalid(GROUP, "", "", errors));
    }

    private static void metadata(JsonObject metadata, String namespace, List<FieldError> errors) {
        var own = metadata.without("managedFields").without("creationTimestamp");
        var left = namespace.isEmpty() ? own : own.without("namespace");
        if (!left.isEmpty()) errors.add(FieldError.invalid("metadata", metadata, "must be empty"));
    }

    private static void local(Json resource, Json path, String namespace, List<FieldError> errors) {
        if (resource.isPresent() && !resource.at("namespace").text("").equals(namespace)) {
            errors.add(FieldError.invalid("spec.resourceAttributes.namespace", resource.at("namespace").text(""),
                    "must match metadata.namespace"));
        }
        if (path.isPresent()) errors.add(FieldError.invalid("spec.nonResourceAttributes", path, "disallowed on this kind of request"));
    }

    /// Everything the user may do in a namespace.
    JsonObject rules(JsonObject review, User user) {
        var namespace = review.at("spec", "namespace").text("");
        if (namespace.isEmpty()) throw new ApiException(Reason.BAD_REQUEST, "no namespace on request");
        var resources = new ArrayList<JsonObject>();
        var paths = new ArrayList<JsonObject>();
        if (user.groups().contains(RbacAuthorizer.MASTERS)) {
            resources.add(JsonObject.of("verbs", List.of("*"), "apiGroups", List.of("*"), "resources", List.of("*")));
            paths.add(JsonObject.of("verbs", List.of("*"), "nonResourceURLs", List.of("*")));
        }
        var missing = new ArrayList<String>();
        view.visit(user, namespace, (_, rule) -> {
            if (!rule.resources().isEmpty()) resources.add(rule.json().without("nonResourceURLs"));
            if (!rule.nonResourceUrls().isEmpty()) paths.add(JsonObject.of("verbs", rule.verbs(), "nonResourceURLs",
                    rule.nonResourceUrls()));
            return true;
        }, missing::add);
        return review.with("status", JsonObject.of("resourceRules", resources, "nonResourceRules", paths, "incomplete", !missing.isEmpty(),
                "evaluationError", missing.isEmpty() ? null : String.join(", ", missing)));
    }
}
