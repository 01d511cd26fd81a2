package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonInteger;
import home.oikos.api.JsonObject;
import home.oikos.api.ResourceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What is special about Services, their addresses apart, which [ServiceAddresses] gives out.
final class ServiceRules extends PlainRules {
    private static final Set<String> OUTWARD = Set.of("NodePort", "LoadBalancer");

    ServiceRules(ResourceDefinition definition) {
        super(definition, false);
    }

    @Override
    public JsonObject defaulted(JsonObject object) {
        var status = Absent.within(object, "status", s -> Absent.within(s, "loadBalancer", l -> Absent.each(l, "ingress",
                i -> i.at("ip").text("").isEmpty() ? i : Absent.set(i, "ipMode", "VIP"))));
        return Absent.within(status, "spec", ServiceRules::spec);
    }

    private static JsonObject spec(JsonObject spec) {
        var set = Absent.set(spec, "type", "ClusterIP", "sessionAffinity", "None");
        var type = set.at("type").text("");
        set = Absent.each(set, "ports", p -> targeted(Absent.set(p, "protocol", "TCP")));
        if (set.at("sessionAffinity").text("").equals("ClientIP")) {
            set = Absent.set(set, "sessionAffinityConfig", JsonObject.of("clientIP", JsonObject.of("timeoutSeconds", 10_800)));
        }
        if (OUTWARD.contains(type)) set = Absent.set(set, "externalTrafficPolicy", "Cluster");
        if (type.equals("LoadBalancer")) set = Absent.set(set, "allocateLoadBalancerNodePorts", true);
        return type.equals("ExternalName") ? set : families(Absent.set(set, "internalTrafficPolicy", "Cluster"));
    }

    /// Port 0 is upstream's way to say that none is named.
    private static JsonObject targeted(JsonObject port) {
        var target = port.at("targetPort");
        return target.isNull() || target.equals(new JsonInteger(0)) || target.text("x").isEmpty() ? port.with("targetPort", port.at("port"))
                : port;
    }

    /// We are a single-stack cluster; only a headless Service without selector names both families, as upstream has it.
    private static JsonObject families(JsonObject spec) {
        var headlessWithoutSelector = spec.at("clusterIP").text("").equals("None") && spec.at("selector").object().isEmpty();
        if (headlessWithoutSelector) return Absent.set(spec, "ipFamilies", JsonArray.of("IPv4", "IPv6"), "ipFamilyPolicy",
                "RequireDualStack");
        return Absent.set(spec, "ipFamilies", JsonArray.of("IPv4"), "ipFamilyPolicy", "SingleStack");
    }

    /// What was given out stays with the Service when an update does not name it.
    @Override
    public JsonObject prepareUpdate(JsonObject object, JsonObject old) {
        var kept = StatusHalf.of(object, old);
        var type = kept.at("spec", "type").text("ClusterIP");
        if (!type.equals(old.at("spec", "type").text(""))) kept = kept.with("spec", ServiceTypeChange.left(kept.at("spec").object(),
                old.at("spec").object(), type));
        if (type.equals("ExternalName") || old.at("spec", "type").text("").equals("ExternalName")) return kept;
        for (var field : List.of("clusterIP", "clusterIPs")) {
            if (kept.at("spec", field).isNull() && old.at("spec", field).isPresent()) kept = kept.withAt(old.at("spec", field), "spec",
                    field);
        }
        kept = withHealthPort(kept, old);
        return OUTWARD.contains(type) ? kept.withAt(withNodePorts(kept.at("spec", "ports").array(), old.at("spec", "ports").array()),
                "spec", "ports") : kept;
    }

    private static JsonObject withHealthPort(JsonObject object, JsonObject old) {
        var port = old.at("spec", "healthCheckNodePort");
        var local = object.at("spec", "externalTrafficPolicy").text("").equals("Local");
        if (port.isPresent() && local && object.at("spec", "healthCheckNodePort").isNull()) {
            return object.withAt(port, "spec", "healthCheckNodePort");
        }
        return !local && port.equals(object.at("spec", "healthCheckNodePort")) ? object.withoutAt("spec", "healthCheckNodePort") : object;
    }

    private static JsonArray withNodePorts(JsonArray ports, JsonArray old) {
        return ports.map(port -> {
            if (port.at("nodePort").integer(0) != 0) return port;
            var same = old.stream().filter(o -> o.at("port").equals(port.at("port"))
                    && o.at("protocol").text("TCP").equals(port.at("protocol").text("TCP"))).findFirst();
            return same.filter(o -> o.at("nodePort").isPresent()).map(o -> (Json) port.object().with("nodePort", o.at("nodePort")))
                    .orElse(port);
        });
    }

    @Override
    void check(JsonObject object, List<FieldError> errors) {
        ServiceChecks.check(object.at("spec"), errors);
    }

    @Override
    public List<FieldError> validateUpdate(JsonObject object, JsonObject old) {
        var errors = new ArrayList<FieldError>();
        var address = old.at("spec", "clusterIP").text("");
        var leaves = object.at("spec", "type").text("").equals("ExternalName");
        if (!address.isEmpty() && !leaves && !address.equals(object.at("spec", "clusterIP").text(""))) {
            errors.add(FieldError.invalid("spec.clusterIPs[0]", object.at("spec", "clusterIPs"), "may not change once set"));
        }
        return errors;
    }
}
