package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.Quantity;
import home.oikos.controller.Condition;
import java.util.List;
import java.util.stream.Stream;

/// The spec of a pod whose containers are to get other amounts, with the requests that count against its node. Pure.
final class ResizedSpec {
    private ResizedSpec() { }

    /// While a change is under way the pod holds the larger amounts; what its node can never give it counts for nothing.
    static Json of(Json pod) {
        var conditions = pod.at("status", "conditions");
        var pending = Condition.find(conditions, "PodResizePending");
        if (pending.isEmpty() && Condition.find(conditions, "PodResizeInProgress").isEmpty()) return pod.at("spec");
        boolean infeasible = pending.filter(why -> why.at("reason").text("").equals("Infeasible")).isPresent();
        var spec = pod.at("spec").object();
        for (var list : List.of("initContainers", "containers")) {
            if (spec.at(list).isPresent()) spec = spec.with(list, spec.at(list).array().map(container ->
                    holding(container.object(), held(pod, container.at("name").text("")), infeasible)));
        }
        return spec;
    }

    /// What its node said that a container has.
    private static JsonObject held(Json pod, String name) {
        return Stream.of("containerStatuses", "initContainerStatuses").flatMap(list -> pod.at("status", list).array().stream())
                .filter(status -> status.at("name").text("").equals(name)).findFirst()
                .map(status -> status.at("resources", "requests").object()).orElse(JsonObject.EMPTY);
    }

    private static JsonObject holding(JsonObject container, JsonObject held, boolean infeasible) {
        var counted = container;
        for (var amount : held.members().entrySet()) {
            var wanted = container.at("resources", "requests", amount.getKey());
            boolean counts = infeasible || larger(amount.getValue(), wanted);
            if (counts) counted = counted.withAt(amount.getValue(), "resources", "requests", amount.getKey());
        }
        return counted;
    }

    private static boolean larger(Json one, Json other) {
        return amount(one).compareTo(amount(other)) > 0;
    }

    private static Quantity amount(Json json) {
        return Quantity.of(json).orElse(Quantity.ZERO);
    }
}
