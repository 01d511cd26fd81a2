package home.oikos.api;

/// Which object of a kind: its namespace, empty for a cluster-scoped one, and its name.
public record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {
    public static ObjectKey clusterScoped(String name) {
        return new ObjectKey("", name);
    }

    /// Reads `namespace/name`, or a bare name.
    public static ObjectKey parse(String text) {
        int slash = text.indexOf('/');
        return new ObjectKey(text.substring(0, Math.max(slash, 0)), text.substring(slash + 1));
    }

    /// The key an object's metadata tells.
    public static ObjectKey of(Json object) {
        var metadata = object.at("metadata");
        return new ObjectKey(metadata.at("namespace").text(""), metadata.at("name").text(""));
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
