package home.oikos.controller;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.Resource;

/// Points at one object, for events and owner references.
public record Reference(Resource resource, ObjectKey key, String uid) {
    public static Reference to(Resource resource, Json object) {
        return new Reference(resource, ObjectKey.of(object), object.at("metadata", "uid").text(""));
    }

    /// As an event's involvedObject.
    JsonObject json() {
        return JsonObject.of("apiVersion", resource.apiVersion(), "kind", resource.kind(),
                "namespace", key.namespace().isEmpty() ? null : key.namespace(), "name", key.name(), "uid", uid.isEmpty() ? null : uid);
    }

    /// As the owner reference of the one controller.
    public JsonObject controllerReference() {
        return JsonObject.of("apiVersion", resource.apiVersion(), "kind", resource.kind(), "name", key.name(), "uid", uid,
                "controller", true, "blockOwnerDeletion", true);
    }
}
