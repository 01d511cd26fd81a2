package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;

/// One pod for its whole life: a pod of the same name made later has another uid.
public record PodIdentity(String namespace, String name, String uid) {
    public static PodIdentity of(Json pod) {
        var metadata = pod.at("metadata");
        return new PodIdentity(metadata.at("namespace").text(""), metadata.at("name").text(""), metadata.at("uid").text(""));
    }

    public ObjectKey key() {
        return new ObjectKey(namespace, name);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
