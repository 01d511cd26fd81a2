package home.oikos.apiserver;

import home.oikos.api.Catalog;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectDecoder;
import home.oikos.api.ResourceDefinition;

/// HorizontalPodAutoscalers are stored in their newer version; the older one knows the CPU target only.
final class AutoscalerRules extends PlainRules {
    private final boolean old;

    AutoscalerRules(ResourceDefinition definition) {
        super(definition, false);
        old = definition.groupVersion().version().equals("v1");
    }

    @Override
    public JsonObject served(JsonObject stored, Resource resource) {
        if (!old) return stored;
        var metrics = stored.at("spec", "metrics").array();
        var spec = stored.at("spec").object().without("metrics").without("behavior");
        for (var metric : metrics) {
            if (isCpu(metric)) spec = spec.with("targetCPUUtilizationPercentage", metric.at("resource", "target", "averageUtilization"));
        }
        return decoded(stored.with("spec", spec).with("apiVersion", resource.kind().apiVersion()), resource);
    }

    private static boolean isCpu(Json metric) {
        return metric.at("type").text("").equals("Resource") && metric.at("resource", "name").text("").equals("cpu");
    }

    @Override
    public JsonObject stored(JsonObject sent, Resource resource) {
        if (!old) return sent;
        var target = sent.at("spec", "targetCPUUtilizationPercentage");
        var spec = sent.at("spec").object().without("targetCPUUtilizationPercentage");
        if (target.isPresent()) {
            var utilization = JsonObject.of("type", "Utilization", "averageUtilization", target);
            spec = spec.with("metrics",
                    JsonArray.of(JsonObject.of("type", "Resource", "resource", JsonObject.of("name", "cpu", "target", utilization))));
        }
        return sent.with("spec", spec).with("apiVersion", resource.stored().apiVersion());
    }

    private static JsonObject decoded(JsonObject object, Resource resource) {
        var kind = resource.kind();
        return JsonObject.of("kind", kind.kind(), "apiVersion", kind.apiVersion())
                .withAll(ObjectDecoder.decode(object, Catalog.builtIn().type(kind).orElseThrow()).object().without("kind")
                        .without("apiVersion"));
    }
}
