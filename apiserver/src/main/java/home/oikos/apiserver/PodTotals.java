package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.PodResources;

/// What a whole pod asks for, in the form of a container's `resources`.
final class PodTotals {
    private PodTotals() { }

    static JsonObject resources(Json spec) {
        return JsonObject.of("requests", amounts(spec, "requests"), "limits", amounts(spec, "limits"));
    }

    private static JsonObject amounts(Json spec, String member) {
        var total = JsonObject.EMPTY;
        for (var amount : PodResources.total(spec, member).entrySet()) total = total.with(amount.getKey(), amount.getValue().toString());
        return total;
    }
}
