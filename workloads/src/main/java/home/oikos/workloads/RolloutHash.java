package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.ArrayList;
import java.util.TreeMap;

/// The hash of a template that names its ReplicaSet. Equal templates give equal hashes, whatever the order of their members; two that
/// collide are told apart by the Deployment's collision count.
final class RolloutHash {
    private RolloutHash() { }

    static String of(Deployment deployment) {
        return of(deployment.template(), deployment.count("collisionCount"));
    }

    static String of(Json template, int collisions) {
        var text = sorted(template) + (collisions == 0 ? "" : "#" + collisions);
        return Names.hash(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static Json sorted(Json value) {
        return switch (value) {
            case JsonObject object -> {
                var members = new TreeMap<String, Json>();
                object.members().forEach((name, member) -> members.put(name, sorted(member)));
                yield JsonObject.copyOf(members);
            }
            case JsonArray array -> {
                var elements = new ArrayList<Json>();
                array.forEach(element -> elements.add(sorted(element)));
                yield new JsonArray(elements);
            }
            default -> value;
        };
    }
}
