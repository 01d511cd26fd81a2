package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.LinkedHashMap;

/// What of an object's metadata survives whatever an update sends.
final class Carried {
    private Carried() { }

    static JsonObject over(JsonObject object, JsonObject old, Resource resource) {
        var before = Metadata.of(old);
        var members = new LinkedHashMap<>(Metadata.of(object).members());
        members.remove("selfLink");
        members.remove("resourceVersion");
        keep(members, before, "name");
        keep(members, before, "namespace");
        keep(members, before, "creationTimestamp");
        keep(members, before, "generation");
        keepWhereAbsent(members, before, "uid");
        keepWhereAbsent(members, before, "deletionTimestamp");
        if (before.at("deletionTimestamp").isPresent()) keepWhereAbsent(members, before, "deletionGracePeriodSeconds");
        if (!resource.definition().namespaced()) members.remove("namespace");
        return object.with("metadata", Metadata.ordered(members));
    }

    private static void keep(LinkedHashMap<String, Json> members, JsonObject before, String name) {
        if (before.has(name)) members.put(name, before.at(name));
        else members.remove(name);
    }

    private static void keepWhereAbsent(LinkedHashMap<String, Json> members, JsonObject before, String name) {
        if (before.has(name) && members.getOrDefault(name, Json.NULL).isNull()) members.put(name, before.at(name));
    }

    /// Generation counts changes of what is desired: everything but metadata and status.
    static JsonObject generation(JsonObject object, JsonObject old, Resource resource) {
        if (!resource.rules().hasGeneration() || resource.rules().desired(object).equals(resource.rules().desired(old))) return object;
        return object.withAt(old.at("metadata", "generation").integer(0L) + 1, "metadata", "generation");
    }
}
