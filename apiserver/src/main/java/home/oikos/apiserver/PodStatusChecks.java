package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.JsonObject;

/// Validation of what is told of a pod.
final class PodStatusChecks {
    private PodStatusChecks() { }

    static void check(JsonObject object, JsonObject old, FieldErrors errors) {
        var node = object.at("status", "nominatedNodeName");
        if (!node.text("").isEmpty()) {
            errors.invalid("status.nominatedNodeName", node, NameSyntax.subdomainError(node.text("")));
            var bound = !object.at("spec", "nodeName").text("").isEmpty();
            if (bound && !node.equals(old.at("status", "nominatedNodeName"))) errors.add(FieldError.forbidden("status.nominatedNodeName",
                    "may not be set on pods that are already bound to a node"));
        }
        addresses(object, "podIPs", errors);
        addresses(object, "hostIPs", errors);
    }

    private static void addresses(JsonObject object, String list, FieldErrors errors) {
        FieldErrors.each(object.at("status", list), "status." + list,
                (address, at) -> errors.invalid(at, address.at("ip"), AddressSyntax.addressError(address.at("ip").text(""))));
    }
}
