package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.JsonObject;
import home.oikos.api.ResourceDefinition;
import java.util.List;

/// What is special about Ingresses.
final class IngressRules extends PlainRules {
    IngressRules(ResourceDefinition definition) {
        super(definition, true);
    }

    @Override
    void check(JsonObject object, List<FieldError> errors) {
        var points = object.at("status", "loadBalancer", "ingress").array();
        for (int i = 0; i < points.size(); i++) {
            var address = points.at(i).at("ip").text("");
            if (!address.isEmpty() && !NameSyntax.isAddress(address)) {
                errors.add(FieldError.invalid("status.loadBalancer.ingress[" + i + "].ip", address,
                        "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"));
            }
        }
    }
}
