package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.List;

/// The defaults of HorizontalPodAutoscalers, in both versions.
final class AutoscalerDefaults {
    private static final int CPU_PERCENT = 80;

    private AutoscalerDefaults() { }

    static JsonObject of(JsonObject object) {
        var newer = object.at("apiVersion").text("").endsWith("/v2");
        return Absent.within(object, "spec", s -> {
            var set = Absent.set(s, "minReplicas", 1);
            if (newer) return spec(set);
            var others = object.at("metadata", "annotations", "autoscaling.alpha.kubernetes.io/metrics").isPresent();
            return others ? set : Absent.set(set, "targetCPUUtilizationPercentage", CPU_PERCENT);
        });
    }

    private static JsonObject spec(JsonObject spec) {
        var target = JsonObject.of("type", "Utilization", "averageUtilization", CPU_PERCENT);
        var set = Absent.set(spec, "metrics", JsonArray.of(JsonObject.of("type", "Resource", "resource",
                JsonObject.of("name", "cpu", "target", target))));
        return Absent.within(set, "behavior", AutoscalerDefaults::behavior);
    }

    /// Who rules one direction gets the other's rules spelled out.
    private static JsonObject behavior(JsonObject behavior) {
        var up = behavior.at("scaleUp");
        var down = behavior.at("scaleDown");
        if (up.isNull() && down.isNull()) return behavior;
        return behavior.with("scaleUp", rules(up, 0, List.of(policy("Pods", 4), policy("Percent", 100))))
                .with("scaleDown", rules(down, null, List.of(policy("Percent", 100))));
    }

    private static JsonObject rules(Json given, Integer windowSeconds, List<JsonObject> policies) {
        var set = Absent.set(given.object(), "selectPolicy", "Max", "policies", policies);
        return windowSeconds == null ? set : Absent.set(set, "stabilizationWindowSeconds", windowSeconds);
    }

    private static JsonObject policy(String type, int value) {
        return JsonObject.of("type", type, "value", value, "periodSeconds", 15);
    }
}
