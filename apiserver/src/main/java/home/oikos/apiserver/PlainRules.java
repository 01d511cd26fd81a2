package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ResourceDefinition;
import home.oikos.api.Zeros;

/// The rules of a kind that has nothing special but perhaps a generation and a status.
/// @param emptyStatus what a new object shows as its status; null where it shows none
record PlainRules(boolean hasGeneration, boolean hasStatus, Json emptyStatus) implements KindRules {
    static PlainRules of(ResourceDefinition definition, boolean hasGeneration) {
        return new PlainRules(hasGeneration, definition.subresource("status").isPresent(), Zeros.object(definition.schema()).at("status"));
    }

    @Override
    public JsonObject prepareCreate(JsonObject object) {
        if (!hasStatus) return object;
        return emptyStatus.isNull() ? object.without("status") : object.with("status", emptyStatus);
    }

    @Override
    public JsonObject prepareUpdate(JsonObject object, JsonObject old) {
        return hasStatus ? StatusHalf.of(object, old) : object;
    }
}
