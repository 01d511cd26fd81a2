package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonString;
import java.util.List;

/// Validation of NetworkPolicies.
final class NetworkPolicyChecks {
    private static final int PORT_MAX = 65_535;

    private NetworkPolicyChecks() { }

    static void check(Json spec, FieldErrors errors) {
        SelectorChecks.check(spec.at("podSelector"), "spec.podSelector", errors);
        FieldErrors.each(spec.at("ingress"), "spec.ingress", (rule, at) -> rule(rule, "from", at, errors));
        FieldErrors.each(spec.at("egress"), "spec.egress", (rule, at) -> rule(rule, "to", at, errors));
        errors.forget("spec.policyTypes");
        var types = spec.at("policyTypes");
        if (types.array().size() > 2) {
            errors.invalid("spec.policyTypes", types, "may not specify more than two policyTypes");
            return;
        }
        FieldErrors.each(types, "spec.policyTypes", (type, at) -> errors.supported(type, at, "Ingress", "Egress"));
    }

    private static void rule(Json rule, String peers, String path, FieldErrors errors) {
        FieldErrors.each(rule.at("ports"), path + ".ports", (port, at) -> port(port, at, errors));
        FieldErrors.each(rule.at(peers), path + "." + peers, (peer, at) -> peer(peer, at, errors));
    }

    private static void port(Json given, String path, FieldErrors errors) {
        errors.supported(given.at("protocol"), path + ".protocol", "TCP", "UDP", "SCTP");
        var port = given.at("port");
        var end = given.at("endPort");
        if (port.isNull()) {
            if (end.isPresent()) errors.invalid(path + ".endPort", end, "may not be specified when `port` is not specified");
        } else if (port instanceof JsonString(var name)) {
            if (end.isPresent()) errors.invalid(path + ".endPort", end, "may not be specified when `port` is non-numeric");
            errors.invalid(path + ".port", name, NameSyntax.portNameError(name));
        } else {
            errors.invalid(path + ".port", port, FieldErrors.range(port.integer(0L), 1, PORT_MAX));
            if (end.isPresent()) end(end, port, path + ".endPort", errors);
        }
    }

    /// Upstream shows the beginning where it refuses the end.
    private static void end(Json end, Json port, String path, FieldErrors errors) {
        if (end.integer(0L) < port.integer(0L)) errors.invalid(path, port, "must be greater than or equal to `port`");
        errors.invalid(path, end, FieldErrors.range(end.integer(0L), 1, PORT_MAX));
    }

    private static void peer(Json peer, String path, FieldErrors errors) {
        int selectors = 0;
        for (var field : List.of("podSelector", "namespaceSelector")) {
            if (peer.at(field).isNull()) continue;
            selectors++;
            SelectorChecks.check(peer.at(field), path + "." + field, errors);
        }
        if (peer.at("ipBlock").isPresent()) {
            block(peer.at("ipBlock"), path + ".ipBlock", errors);
            if (selectors > 0) errors.add(FieldError.forbidden(path, "may not specify both ipBlock and another peer"));
        } else if (selectors == 0) errors.add(FieldError.required(path, "must specify a peer"));
    }

    private static void block(Json block, String path, FieldErrors errors) {
        var range = block.at("cidr").text("");
        errors.tell(path + ".cidr");
        if (range.isEmpty()) return;
        var wrong = AddressSyntax.rangeError(range);
        errors.invalid(path + ".cidr", range, wrong);
        FieldErrors.each(block.at("except"), path + ".except", (except, at) -> {
            var part = except.text("");
            var bad = AddressSyntax.rangeError(part);
            if (bad == null && wrong == null && !AddressSyntax.isStrictPart(part, range)) bad = "must be a strict subset of `cidr`";
            errors.invalid(at, part, bad);
        });
    }
}
