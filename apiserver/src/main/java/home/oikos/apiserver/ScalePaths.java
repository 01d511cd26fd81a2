package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.List;

/// Where an object keeps what `/scale` shows. Paths are names from the root.
/// @param selector of a label selector, or of its text; empty for none
public record ScalePaths(List<String> specReplicas, List<String> statusReplicas, List<String> selector) {
    static final ScalePaths WORKLOAD = new ScalePaths(List.of("spec", "replicas"), List.of("status", "replicas"),
            List.of("spec", "selector"));

    private static Json at(JsonObject object, List<String> path) {
        Json found = object;
        for (var name : path) found = found.at(name);
        return found;
    }

    /// Zeros are left out of the spec and stand in the status, as upstream's types have it.
    JsonObject scale(JsonObject object) {
        var given = object.at("metadata");
        var metadata = JsonObject.of("name", present(given.at("name")), "namespace", present(given.at("namespace")), "uid",
                present(given.at("uid")),
                "resourceVersion", present(given.at("resourceVersion")), "creationTimestamp", present(given.at("creationTimestamp")));
        long replicas = at(object, specReplicas).integer(0L);
        var text = selector.isEmpty() ? "" : selectorText(at(object, selector));
        return JsonObject.of("kind", "Scale", "apiVersion", "autoscaling/v1", "metadata", metadata,
                "spec", replicas == 0 ? JsonObject.EMPTY : JsonObject.of("replicas", replicas),
                "status", JsonObject.of("replicas", at(object, statusReplicas).integer(0L), "selector", text.isEmpty() ? null : text));
    }

    private static Json present(Json value) {
        return value.isNull() ? null : value;
    }

    /// Of a custom resource: no number of replicas is negative.
    void validate(JsonObject object, List<FieldError> errors) {
        for (var path : List.of(specReplicas, statusReplicas)) {
            var replicas = at(object, path);
            if (replicas.integer(0L) < 0) errors.add(FieldError.invalid("." + String.join(".", path), replicas,
                    "should be a non-negative integer"));
        }
    }

    boolean hasReplicas(JsonObject object) {
        return at(object, specReplicas).isPresent();
    }

    JsonObject withReplicas(JsonObject object, long replicas) {
        return object.withAt(replicas, specReplicas.toArray(String[]::new));
    }

    private static String selectorText(Json selector) {
        if (selector.text().isPresent()) return selector.text("");
        if (selector.at("matchLabels").isNull() && selector.at("matchExpressions").isNull()) return labels(selector.object());
        return SelectorText.of(selector);
    }

    /// The old form, of a ReplicationController.
    private static String labels(JsonObject labels) {
        return SelectorText.of(JsonObject.of("matchLabels", labels));
    }
}
