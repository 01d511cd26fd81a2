package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.client.Resource;
import home.oikos.client.Resources;
import home.oikos.controller.LabelSelector;
import home.oikos.controller.Reference;
import java.time.Duration;

/// A ReplicaSet, or a ReplicationController, which differs in its selector and a field of its status.
/// @param resourceVersion makes a Deployment's scaling conditional on what it was decided from
record ReplicaSet(Resource resource, Metadata metadata, String resourceVersion, int replicas, Duration minReady, LabelSelector selector,
        Json template, JsonObject status) {
    static ReplicaSet of(Json object) {
        return read(Resources.REPLICA_SETS, object, LabelSelector.of(object.at("spec", "selector")));
    }

    static ReplicaSet ofReplicationController(Json object) {
        return read(Resources.REPLICATION_CONTROLLERS, object, LabelSelector.ofMap(object.at("spec", "selector")));
    }

    private static ReplicaSet read(Resource resource, Json object, LabelSelector selector) {
        var spec = object.at("spec");
        return new ReplicaSet(resource, Metadata.of(object), object.at("metadata", "resourceVersion").text(""),
                spec.at("replicas").integer(1), Duration.ofSeconds(spec.at("minReadySeconds").integer(0)), selector, spec.at("template"),
                        object.at("status").object());
    }

    Reference reference() {
        return new Reference(resource, metadata.key(), metadata.uid());
    }

    String name() {
        return metadata.name();
    }

    /// Whether anything of it is wanted.
    boolean isActive() {
        return replicas > 0;
    }

    int count(String field) {
        return status.at(field).integer(0);
    }

    int available() {
        return count("availableReplicas");
    }

    int annotated(String annotation, int otherwise) {
        try {
            return Integer.parseInt(metadata.annotations().getOrDefault(annotation, ""));
        } catch (NumberFormatException absent) {
            return otherwise;
        }
    }
}
