package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.JsonObject;
import home.oikos.api.ResourceDefinition;
import home.oikos.store.Durability;
import java.util.List;

/// What is special about Leases: those of nodes are renewed every few seconds and mean nothing after a restart.
final class LeaseRules extends PlainRules {
    LeaseRules(ResourceDefinition definition) {
        super(definition, false);
    }

    @Override
    void check(JsonObject object, List<FieldError> told) {
        var errors = new FieldErrors(told);
        SmallChecks.lease(object.at("spec"), errors);
        errors.tellAll();
    }

    @Override
    public Durability durability(JsonObject object, JsonObject old, String subresource) {
        return object.at("metadata", "namespace").text("").equals("kube-node-lease") ? Durability.VOLATILE : Durability.DURABLE;
    }
}
