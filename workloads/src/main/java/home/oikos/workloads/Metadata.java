package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.controller.Times;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The part of an object's metadata that controllers read. It leaves out resourceVersion and managedFields, so that it is equal as long
/// as nothing a controller cares for has changed.
record Metadata(ObjectKey key, String uid, long generation, Map<String, String> labels, Map<String, String> annotations,
        List<Owner> owners, List<String> finalizers, boolean deleting, Instant creationTime) {
    Metadata {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        owners = List.copyOf(owners);
        finalizers = List.copyOf(finalizers);
    }

    static Metadata of(Json object) {
        var metadata = object.at("metadata");
        return new Metadata(ObjectKey.of(object), metadata.at("uid").text(""), metadata.at("generation").integer(0L),
                strings(metadata.at("labels")), strings(metadata.at("annotations")), Owner.allOf(metadata),
                metadata.at("finalizers").array().stream().map(name -> name.text("")).toList(),
                metadata.at("deletionTimestamp").isPresent(), Times.read(metadata.at("creationTimestamp")).orElse(Instant.EPOCH));
    }

    static Map<String, String> strings(Json map) {
        var strings = new LinkedHashMap<String, String>();
        map.object().members().forEach((name, value) -> strings.put(name, value.text("")));
        return strings;
    }

    static JsonObject json(Map<String, String> strings) {
        return (JsonObject) Json.of(strings);
    }

    String name() {
        return key.name();
    }

    Optional<Owner> controller() {
        return owners.stream().filter(Owner::controller).findFirst();
    }

    boolean isControlledBy(String uid) {
        return controller().filter(owner -> owner.uid().equals(uid)).isPresent();
    }
}
