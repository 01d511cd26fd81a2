package home.oikos.api;

import java.util.Map;
import java.util.TreeMap;

/// How much a pod asks for as a whole: its containers together, or its largest initial container when that is more; sidecars count with
/// both, and the overhead of its sandbox comes on top. What the pod asks for itself stands for its containers.
public final class PodResources {
    private PodResources() { }

    /// @param member `requests` or `limits`
    public static Map<String, Quantity> total(Json spec, String member) {
        var total = new TreeMap<String, Quantity>();
        for (var container : spec.at("containers").array()) add(total, container.at("resources", member).object());
        initial(spec, member, total);
        spec.at("resources", member).object().members().forEach((name, value) -> Quantity.of(value).ifPresent(q -> total.put(name, q)));
        if (member.equals("requests")) add(total, spec.at("overhead").object());
        else overhead(total, spec.at("overhead").object());
        return total;
    }

    /// Initial containers run one after another beside the sidecars that were started before them.
    private static void initial(Json spec, String member, Map<String, Quantity> total) {
        var sidecars = new TreeMap<String, Quantity>();
        var largest = new TreeMap<String, Quantity>();
        for (var container : spec.at("initContainers").array()) {
            var asked = container.at("resources", member).object();
            if (container.at("restartPolicy").text("").equals("Always")) {
                add(total, asked);
                add(sidecars, asked);
                raise(largest, sidecars);
            } else {
                var beside = new TreeMap<>(sidecars);
                add(beside, asked);
                raise(largest, beside);
            }
        }
        raise(total, largest);
    }

    private static void add(Map<String, Quantity> total, JsonObject amounts) {
        amounts.members().forEach((name, value) -> Quantity.of(value).ifPresent(q -> total.merge(name, q, Quantity::plus)));
    }

    private static void raise(Map<String, Quantity> total, Map<String, Quantity> atLeast) {
        atLeast.forEach((name, value) -> total.merge(name, value, (a, b) -> a.compareTo(b) >= 0 ? a : b));
    }

    /// Without a limit nothing is limited, and overhead changes nothing.
    private static void overhead(Map<String, Quantity> total, JsonObject amounts) {
        amounts.members().forEach((name, value) -> Quantity.of(value).ifPresent(q -> total.computeIfPresent(name, (_, t) -> t.plus(q))));
    }
}
