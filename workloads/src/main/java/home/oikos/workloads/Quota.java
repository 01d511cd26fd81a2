package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.Quantity;
import home.oikos.api.QuotaScope;
import home.oikos.api.QuotaUsage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A ResourceQuota as its status is worked out. Pure.
record Quota(Json object) {
    private JsonObject hard() {
        return object.at("spec", "hard").object();
    }

    JsonObject status() {
        return object.at("status").object();
    }

    /// @param counted the objects of the quota's namespace, by the qualified name of their resource
    JsonObject status(Map<String, List<Json>> counted) {
        var used = new TreeMap<String, Quantity>();
        hard().names().forEach(name -> used.put(name, Quantity.ZERO));
        counted.forEach((resource, objects) -> {
            for (var each : objects) if (QuotaScope.covers(object, resource, each)) {
                QuotaUsage.of(resource, each).forEach((name, amount) -> used.computeIfPresent(name, (_, sum) -> sum.plus(amount)));
            }
        });
        var shown = JsonObject.EMPTY;
        for (var each : used.entrySet()) shown = shown.with(each.getKey(), each.getValue().toString());
        return JsonObject.of("hard", hard(), "used", shown);
    }
}
