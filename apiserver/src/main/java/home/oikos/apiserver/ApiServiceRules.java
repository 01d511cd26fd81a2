package home.oikos.apiserver;

import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ResourceDefinition;

/// What is special about APIServices: one that names no Service stands for what this server serves itself, and is available.
final class ApiServiceRules extends PlainRules {
    ApiServiceRules(ResourceDefinition definition) {
        super(definition, false);
    }

    @Override
    public JsonObject prepareCreate(JsonObject object) {
        var prepared = super.prepareCreate(object);
        if (object.at("spec", "service").isPresent()) return prepared;
        var available = JsonObject.of("type", "Available", "status", "True", "lastTransitionTime",
                object.at("metadata", "creationTimestamp").text("2026-01-01T00:00:00Z"),
                "reason", "Local", "message", "Local APIServices are always available");
        return prepared.withAt(JsonArray.of(available), "status", "conditions");
    }
}
