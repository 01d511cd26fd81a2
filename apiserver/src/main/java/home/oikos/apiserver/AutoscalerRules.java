package home.oikos.apiserver;

import home.oikos.api.Catalog;
import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonException;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectDecoder;
import home.oikos.api.ResourceDefinition;
import java.util.List;

/// HorizontalPodAutoscalers are stored in their newer version; the older one knows the CPU target only, and carries the rest in
/// annotations, so that nothing is lost on the way through it.
final class AutoscalerRules extends PlainRules {
    private static final String ANNOTATION = "autoscaling.alpha.kubernetes.io/";
    private static final List<String> ANNOTATED = List.of("metrics", "behavior");

    private final boolean old;

    AutoscalerRules(ResourceDefinition definition) {
        super(definition, false);
        old = definition.groupVersion().version().equals("v1");
    }

    @Override
    void check(JsonObject object, List<FieldError> errors) {
        var spec = old ? newer(object.at("spec").object()) : object.at("spec").object();
        AutoscalerChecks.check(spec, new FieldErrors(errors));
    }

    @Override
    public List<FieldError> validateChanged(String subresource, JsonObject object, JsonObject before) {
        return subresource.equals("status") ? List.of() : validateChanged(object, before);
    }

    @Override
    public JsonObject served(JsonObject stored, Resource resource) {
        if (!old) return stored;
        var spec = stored.at("spec").object().without("metrics").without("behavior");
        var rest = JsonArray.EMPTY;
        for (var metric : stored.at("spec", "metrics").array()) {
            if (isCpu(metric)) spec = spec.with("targetCPUUtilizationPercentage", metric.at("resource", "target", "averageUtilization"));
            else rest = rest.with(metric);
        }
        var object = annotated(annotated(stored, "metrics", rest.isEmpty() ? Json.NULL : rest), "behavior", stored.at("spec", "behavior"));
        return decoded(object.with("spec", spec).with("apiVersion", resource.kind().apiVersion()), resource);
    }

    private static boolean isCpu(Json metric) {
        return metric.at("type").text("").equals("Resource") && metric.at("resource", "name").text("").equals("cpu")
                && metric.at("resource", "target", "averageUtilization").isPresent();
    }

    private static JsonObject annotated(JsonObject object, String name, Json value) {
        return value.isNull() ? object : object.withAt(value.toString(), "metadata", "annotations", ANNOTATION + name);
    }

    @Override
    public JsonObject stored(JsonObject sent, Resource resource) {
        if (!old) return sent;
        var object = sent.with("spec", newer(sent.at("spec").object())).with("apiVersion", resource.stored().apiVersion());
        for (var name : ANNOTATED) object = restored(object, name);
        return object;
    }

    private static JsonObject restored(JsonObject object, String name) {
        var text = object.at("metadata", "annotations", ANNOTATION + name).text("");
        if (text.isEmpty()) return object;
        var annotations = object.at("metadata", "annotations").object().without(ANNOTATION + name);
        var plain = annotations.isEmpty() ? object.withoutAt("metadata", "annotations")
                : object.withAt(annotations, "metadata", "annotations");
        try {
            return plain.changeAt(found -> joined(found, Json.parse(text)), "spec", name);
        } catch (JsonException _) {
            return plain;
        }
    }

    /// The CPU target stands before the metrics that only the newer version knows.
    private static Json joined(Json found, Json rest) {
        var all = found.array();
        for (var each : rest.array()) all = all.with(each);
        return rest instanceof JsonArray ? all : rest;
    }

    private static JsonObject newer(JsonObject spec) {
        var target = spec.at("targetCPUUtilizationPercentage");
        var rest = spec.without("targetCPUUtilizationPercentage");
        if (target.isNull()) return rest;
        var utilization = JsonObject.of("type", "Utilization", "averageUtilization", target);
        return rest.with("metrics",
                JsonArray.of(JsonObject.of("type", "Resource", "resource", JsonObject.of("name", "cpu", "target", utilization))));
    }

    private static JsonObject decoded(JsonObject object, Resource resource) {
        var kind = resource.kind();
        return JsonObject.of("kind", kind.kind(), "apiVersion", kind.apiVersion())
                .withAll(ObjectDecoder.decode(object, Catalog.builtIn().type(kind).orElseThrow()).object().without("kind")
                        .without("apiVersion"));
    }
}
