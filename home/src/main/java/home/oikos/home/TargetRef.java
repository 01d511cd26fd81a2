package home.oikos.home;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;

/// Names any object: `name` in the rule's own namespace, or `namespace/name`.
public record TargetRef(String apiVersion, String kind, ObjectKey key) {
    public static TargetRef read(Json ref, String namespace) {
        return new TargetRef(ref.at("apiVersion").text(""), ref.at("kind").text(""), key(namespace, ref.at("name").text("")));
    }

    public static ObjectKey key(String namespace, String written) {
        var parsed = ObjectKey.parse(written);
        return parsed.namespace().isEmpty() ? new ObjectKey(namespace, parsed.name()) : parsed;
    }

    @Override
    public String toString() {
        return kind + " " + key;
    }
}
