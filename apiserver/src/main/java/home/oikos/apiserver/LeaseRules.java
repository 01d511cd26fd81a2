package home.oikos.apiserver;

import home.oikos.api.JsonObject;
import home.oikos.api.ResourceDefinition;
import home.oikos.store.Durability;

/// What is special about Leases: those of nodes are renewed every few seconds and mean nothing after a restart.
final class LeaseRules extends PlainRules {
    LeaseRules(ResourceDefinition definition) {
        super(definition, false);
    }

    @Override
    public Durability durability(JsonObject object, JsonObject old, String subresource) {
        return object.at("metadata", "namespace").text("").equals("kube-node-lease") ? Durability.VOLATILE : Durability.DURABLE;
    }
}
