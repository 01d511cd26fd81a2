package home.oikos.client;

import home.oikos.api.Json;

/// Which object of a kind: its namespace (empty when the kind is cluster-scoped) and its name.
public record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {
    public ObjectKey {
        if (name.isEmpty()) throw new IllegalArgumentException("an object has a name");
    }

    public static ObjectKey clusterScoped(String name) {
        return new ObjectKey("", name);
    }

    public static ObjectKey of(Json object) {
        var metadata = object.at("metadata");
        return new ObjectKey(metadata.at("namespace").text(""), metadata.at("name").text(""));
    }

    /// Reads `namespace/name`, or a bare name.
    public static ObjectKey parse(String text) {
        int slash = text.indexOf('/');
        return new ObjectKey(text.substring(0, Math.max(slash, 0)), text.substring(slash + 1));
    }

    @Override
    public int compareTo(ObjectKey other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
