package home.oikos.apiserver;

import home.oikos.api.JsonObject;

/// Keeps `metadata.managedFields`: who last set which field.
final class FieldOwners {
    JsonObject created(WriteCall write, JsonObject object) {
        return object;
    }

    JsonObject updated(WriteCall write, JsonObject object, JsonObject old) {
        return object;
    }
}
