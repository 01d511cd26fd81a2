package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.List;
import java.util.Set;

/// What a Service leaves behind when its type changes, unless the same write sets it anew.
final class ServiceTypeChange {
    private static final Set<String> OUTWARD = Set.of("NodePort", "LoadBalancer");

    private ServiceTypeChange() { }

    static JsonObject left(JsonObject spec, JsonObject old, String type) {
        var left = spec;
        if (type.equals("ExternalName")) left = without(left, old, List.of("clusterIP", "clusterIPs", "internalTrafficPolicy", "ipFamilies",
                "ipFamilyPolicy"));
        if (OUTWARD.contains(type)) return left;
        left = without(left, old, List.of("externalTrafficPolicy", "healthCheckNodePort", "allocateLoadBalancerNodePorts"));
        return withoutNodePorts(left, old);
    }

    private static JsonObject without(JsonObject spec, JsonObject old, List<String> fields) {
        var left = spec;
        for (var field : fields) if (spec.at(field).equals(old.at(field))) left = left.without(field);
        return left;
    }

    private static JsonObject withoutNodePorts(JsonObject spec, JsonObject old) {
        var given = old.at("ports").array().stream().map(p -> p.at("nodePort")).filter(Json::isPresent).toList();
        return Absent.each(spec, "ports", p -> given.contains(p.at("nodePort")) ? p.without("nodePort") : p);
    }
}
