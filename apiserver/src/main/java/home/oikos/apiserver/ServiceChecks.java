package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonInteger;
import home.oikos.api.JsonObject;
import home.oikos.api.JsonString;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Validation of a Service's spec beyond what its schema requires.
final class ServiceChecks {
    private static final Set<String> OUTWARD = Set.of("NodePort", "LoadBalancer");
    private static final Set<String> INWARD = Set.of("ClusterIP", "ExternalName");
    private static final int PORT_MAX = 65_535;
    private static final int AFFINITY_SECONDS_MAX = 86_400;

    private final Json spec;
    private final String type;
    private final FieldErrors errors;

    private ServiceChecks(Json spec, FieldErrors errors) {
        this.spec = spec;
        this.type = spec.at("type").text("");
        this.errors = errors;
    }

    static void check(Json spec, List<FieldError> errors) {
        new ServiceChecks(spec, new FieldErrors(errors, "spec")).check();
    }

    private boolean headless() {
        return spec.at("clusterIP").text("").equals("None");
    }

    private void check() {
        var portless = type.equals("ExternalName") || headless();
        if (spec.at("ports").array().isEmpty() && !portless) errors.add(FieldError.required("spec.ports"));
        if (type.equals("ExternalName") && spec.at("externalName").text("").isEmpty()) errors.add(FieldError.required("spec.externalName"));
        if (OUTWARD.contains(type) && headless()) errors.invalid("spec.clusterIPs[0]", "None", "may not be set to 'None' for " + type
                + " services");
        ports();
        for (var label : spec.at("selector").object().members().entrySet()) selector(label.getKey(), label.getValue().text(""));
        affinity();
        FieldErrors.each(spec.at("externalIPs"), "spec.externalIPs", this::externalAddress);
        errors.tell("spec.type");
        duplicates();
        traffic();
        addresses();
        if (spec.at("loadBalancerClass").isPresent() && !type.equals("LoadBalancer")) {
            errors.add(FieldError.forbidden("spec.loadBalancerClass", "may only be used when `type` is 'LoadBalancer'"));
        }
        errors.tellAll();
    }

    private void ports() {
        var names = new HashSet<String>();
        var required = spec.at("ports").array().size() > 1;
        FieldErrors.each(spec.at("ports"), "spec.ports", (port, at) -> port(port, at, required, names));
        if (!INWARD.contains(type)) return;
        FieldErrors.each(spec.at("ports"), "spec.ports", (port, at) -> {
            if (port.at("nodePort").integer(0L) != 0) errors.add(FieldError.forbidden(at + ".nodePort",
                    "may not be used when `type` is '" + type + "'"));
        });
    }

    private void port(Json port, String path, boolean nameRequired, Set<String> names) {
        var name = port.at("name").text("");
        if (nameRequired && name.isEmpty()) errors.add(FieldError.required(path + ".name"));
        if (!name.isEmpty()) {
            errors.invalid(path + ".name", name, NameSyntax.labelError(name));
            if (!names.add(name)) errors.add(FieldError.duplicate(path + ".name", name));
        }
        long number = port.at("port").integer(0L);
        errors.invalid(path + ".port", number, FieldErrors.range(number, 1, PORT_MAX));
        errors.tell(path + ".protocol");
        var target = port.at("targetPort");
        if (target instanceof JsonInteger(var aim)) errors.invalid(path + ".targetPort", aim, FieldErrors.range(aim, 1, PORT_MAX));
        else if (target instanceof JsonString(var aim)) errors.invalid(path + ".targetPort", aim, NameSyntax.portNameError(aim));
        errors.tell(path);
    }

    private void selector(String key, String value) {
        errors.invalid("spec.selector", key, LabelSyntax.keyError(key));
        errors.invalid("spec.selector", value, LabelSyntax.valueError(value));
    }

    private void affinity() {
        errors.tell("spec.sessionAffinity");
        var seconds = spec.at("sessionAffinityConfig", "clientIP", "timeoutSeconds");
        if (seconds.isPresent() && (seconds.integer(0L) <= 0 || seconds.integer(0L) > AFFINITY_SECONDS_MAX)) {
            errors.invalid("spec.sessionAffinityConfig.clientIP.timeoutSeconds", seconds,
                    "must be greater than 0 and less than " + AFFINITY_SECONDS_MAX);
        }
    }

    private void externalAddress(Json address, String path) {
        var text = address.text("");
        if (!NameSyntax.isAddress(text)) {
            errors.invalid(path, text, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
        } else if (java.net.InetAddress.ofLiteral(text).isLoopbackAddress()) {
            errors.invalid(path, text, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
        }
    }

    /// Upstream shows such a port as it looks inside, with only its number and protocol kept.
    private void duplicates() {
        var seen = new HashSet<JsonObject>();
        FieldErrors.each(spec.at("ports"), "spec.ports", (port, at) -> {
            var shown = JsonObject.of("Name", "", "Protocol", port.at("protocol").text(""), "AppProtocol", Json.NULL,
                    "Port", port.at("port"), "TargetPort", 0, "NodePort", 0);
            if (!seen.add(shown)) errors.add(FieldError.duplicate(at, shown));
        });
    }

    private void traffic() {
        errors.tell("spec.externalTrafficPolicy");
        var policy = spec.at("externalTrafficPolicy");
        var outward = OUTWARD.contains(type) || type.equals("ClusterIP") && !spec.at("externalIPs").array().isEmpty();
        if (policy.isPresent() && !outward) {
            errors.invalid("spec.externalTrafficPolicy", policy, "may only be set for externally-accessible services");
        }
        errors.tell("spec.internalTrafficPolicy");
    }

    private void addresses() {
        var addresses = spec.at("clusterIPs").array();
        var first = spec.at("clusterIP").text("");
        if (!addresses.equals(JsonArray.EMPTY) && !first.isEmpty() && !addresses.at(0).text("").equals(first)) {
            errors.invalid("spec.clusterIPs", addresses, "first value must match `clusterIP`");
        }
        var selectorless = headless() && spec.at("selector").object().isEmpty();
        if (selectorless || type.equals("ExternalName")) return;
        if (spec.at("ipFamilyPolicy").text("").equals("RequireDualStack")) {
            errors.invalid("spec.ipFamilyPolicy", "RequireDualStack", "this cluster is not configured for dual-stack services");
        }
        FieldErrors.each(spec.at("ipFamilies"), "spec.ipFamilies", (family, at) -> {
            if (family.text("").equals("IPv6")) errors.invalid(at, family, "not configured on this cluster");
        });
    }
}
