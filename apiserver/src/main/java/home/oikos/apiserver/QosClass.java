package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.Quantity;
import java.util.ArrayList;
import java.util.List;

/// Which pods the kernel may starve first.
final class QosClass {
    private static final List<String> COUNTED = List.of("cpu", "memory");

    private QosClass() { }

    /// @param spec with the requests that its limits imply
    static String of(JsonObject spec) {
        var containers = new ArrayList<Json>(spec.at("containers").array().elements());
        containers.addAll(spec.at("initContainers").array().elements());
        boolean any = false;
        boolean guaranteed = true;
        for (var container : containers) {
            var resources = container.at("resources");
            for (var name : COUNTED) {
                var request = amount(resources.at("requests", name));
                var limit = amount(resources.at("limits", name));
                any |= request.compareTo(Quantity.ZERO) > 0 || limit.compareTo(Quantity.ZERO) > 0;
                guaranteed &= limit.compareTo(Quantity.ZERO) > 0 && request.compareTo(limit) == 0;
            }
        }
        return !any ? "BestEffort" : guaranteed ? "Guaranteed" : "Burstable";
    }

    private static Quantity amount(Json json) {
        return Quantity.of(json).orElse(Quantity.ZERO);
    }
}
