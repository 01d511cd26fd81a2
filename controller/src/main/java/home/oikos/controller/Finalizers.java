package home.oikos.controller;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.JsonString;
import home.oikos.client.Patch;

/// Patches that add or take away a finalizer. They carry the resourceVersion they are based on, because a list is replaced as a whole.
public final class Finalizers {
    private Finalizers() { }

    public static boolean has(Json object, String finalizer) {
        return object.at("metadata", "finalizers").array().elements().contains(new JsonString(finalizer));
    }

    public static boolean isDeleting(Json object) {
        return object.at("metadata", "deletionTimestamp").isPresent();
    }

    public static Patch adding(Json object, String finalizer) {
        return replacing(object, object.at("metadata", "finalizers").array().with(new JsonString(finalizer)));
    }

    public static Patch removing(Json object, String finalizer) {
        var kept = object.at("metadata", "finalizers").array().stream().filter(name -> !name.text("").equals(finalizer)).toList();
        return replacing(object, new JsonArray(kept));
    }

    private static Patch replacing(Json object, JsonArray finalizers) {
        return Patch.merge("metadata", JsonObject.of("resourceVersion", object.at("metadata", "resourceVersion"),
                "uid", object.at("metadata", "uid"), "finalizers", finalizers));
    }
}
