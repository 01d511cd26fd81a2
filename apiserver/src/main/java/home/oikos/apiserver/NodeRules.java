package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ResourceDefinition;
import home.oikos.store.Durability;

/// What is special about Nodes: a heartbeat that changes nothing but its times costs no disk.
final class NodeRules extends PlainRules {
    NodeRules(ResourceDefinition definition) {
        super(definition, false);
    }

    /// A node tells its status when it registers.
    @Override
    public JsonObject prepareCreate(JsonObject object) {
        return object;
    }

    @Override
    public Durability durability(JsonObject object, JsonObject old, String subresource) {
        return subresource.equals("status") && old != null && still(object).equals(still(old)) ? Durability.VOLATILE : Durability.DURABLE;
    }

    private static JsonObject still(JsonObject object) {
        var timeless = object.at("status", "conditions").array().map(c -> (Json) c.object().without("lastHeartbeatTime"));
        return object.withAt(timeless, "status", "conditions").without("metadata");
    }

    @Override
    public String selectableValue(JsonObject object, String path) {
        var value = super.selectableValue(object, path);
        return value.isEmpty() && path.equals("spec.unschedulable") ? "false" : value;
    }
}
