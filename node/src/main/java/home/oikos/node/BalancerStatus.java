package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.List;
import java.util.Optional;

/// What a Service of type LoadBalancer is told: it answers on the machine's own address, as long as no other program has one of its ports.
final class BalancerStatus {
    /// Only there, and False, while a port is taken: what is as it should be needs no word, and Kubernetes' own Services have none.
    private static final String PORT_FREE = "PortFree";

    private BalancerStatus() { }

    /// @param taken ports of the service that another program listens on
    /// @return a merge for its status; empty when it says so already
    static Optional<JsonObject> change(Json service, String hostIp, List<Integer> taken) {
        var told = service.at("status", "loadBalancer", "ingress").at(0).at("ip").text("");
        boolean says = told.equals(taken.isEmpty() ? hostIp : "") && isWarned(service) != taken.isEmpty();
        if (says) return Optional.empty();
        var ingress = taken.isEmpty() ? JsonArray.of(JsonObject.of("ip", hostIp, "ipMode", "VIP")) : Json.NULL;
        var conditions = conditions(service, taken);
        return Optional.of(JsonObject.of("loadBalancer", JsonObject.of("ingress", ingress),
                "conditions", conditions.isEmpty() ? Json.NULL : conditions));
    }

    private static boolean isWarned(Json service) {
        return service.at("status", "conditions").array().stream().anyMatch(each -> each.at("type").text("").equals(PORT_FREE));
    }

    private static JsonArray conditions(Json service, List<Integer> taken) {
        var others = new JsonArray(service.at("status", "conditions").array().stream()
                .filter(each -> !each.at("type").text("").equals(PORT_FREE)).toList());
        if (taken.isEmpty()) return others;
        return others.with(JsonObject.of("type", PORT_FREE, "status", "False", "reason", "PortInUse",
                "message", "port " + taken.getFirst() + " of this machine is in use by another program",
                "lastTransitionTime", service.at("metadata", "creationTimestamp")));
    }
}
