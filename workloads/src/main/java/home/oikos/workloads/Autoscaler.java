package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.client.Resources;
import home.oikos.controller.Reference;

/// A HorizontalPodAutoscaler (autoscaling/v2).
/// @param target its `scaleTargetRef`
/// @param metrics what it goes by; by processor use at 80 % when it names nothing
record Autoscaler(Metadata metadata, Json target, int minReplicas, int maxReplicas, Json metrics, Json behavior, JsonObject status) {
    private static final Json PROCESSOR = Json.parse(
            "[{\"type\":\"Resource\",\"resource\":{\"name\":\"cpu\",\"target\":{\"type\":\"Utilization\",\"averageUtilization\":80}}}]");

    static Autoscaler of(Json object) {
        var spec = object.at("spec");
        return new Autoscaler(Metadata.of(object), spec.at("scaleTargetRef"), spec.at("minReplicas").integer(1),
                spec.at("maxReplicas").integer(1), spec.at("metrics").array().isEmpty() ? PROCESSOR : spec.at("metrics"),
                spec.at("behavior"), object.at("status").object());
    }

    Reference reference() {
        return new Reference(Resources.HORIZONTAL_POD_AUTOSCALERS, metadata.key(), metadata.uid());
    }
}
