package home.oikos.brewery;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.home.TargetRef;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a batch holds for itself and whom its steps touch: all that others need to know of it. Read leniently, for a wrong one must be
/// told, too.
///
/// @param generation of its spec: another one is news
/// @param devices its hydrometer and the device whose temperature it asks for
/// @param touched Fermentations that its steps change
record Claim(ObjectKey key, long generation, String made, Set<ObjectKey> devices, Set<ObjectKey> touched) {
    private static final List<String> TARGETED = List.of("scale", "patch");
    /// The one reader, so that all controllers share one cache.
    static final Function<Json, Claim> READER = Claim::read;

    Claim {
        devices = Set.copyOf(devices);
        touched = Set.copyOf(touched);
    }

    private static Claim read(Json object) {
        var key = ObjectKey.of(object);
        var vessel = object.at("spec", "vessel");
        var devices = Stream.of(vessel.at("gravity", "deviceName"), vessel.at("controlName")).flatMap(name -> name.text().stream())
                .map(name -> TargetRef.key(key.namespace(), name)).collect(Collectors.toSet());
        return new Claim(key, object.at("metadata", "generation").integer(0L), object.at("metadata", "creationTimestamp").text(""), devices,
                touched(object.at("spec", "onStall", "steps"), key.namespace()));
    }

    private static Set<ObjectKey> touched(Json steps, String namespace) {
        return steps.array().stream().flatMap(step -> TARGETED.stream().map(kind -> step.at(kind, "targetRef")))
                .filter(ref -> ref.at("kind").text("")
                .equals("Fermentation")).map(ref -> TargetRef.read(ref, namespace).key()).collect(Collectors.toSet());
    }

    /// The older batch that has the same vessel.
    Optional<ObjectKey> takenBy(Collection<Claim> all) {
        return all.stream().filter(other -> !other.key().equals(key) && other.devices().stream().anyMatch(devices::contains)
                && other.isOlderThan(this))
                .min(Comparator.comparing(Claim::made)).map(Claim::key);
    }

    private boolean isOlderThan(Claim other) {
        int byAge = made.compareTo(other.made);
        return byAge < 0 || byAge == 0 && key.compareTo(other.key) < 0;
    }

    /// Whether its steps come back to it over however many others: that would never end.
    boolean isCyclic(Map<ObjectKey, Claim> all) {
        var seen = new HashSet<ObjectKey>();
        var open = new java.util.ArrayDeque<>(touched);
        while (!open.isEmpty()) {
            var next = open.poll();
            if (next.equals(key)) return true;
            if (seen.add(next) && all.containsKey(next)) open.addAll(all.get(next).touched());
        }
        return false;
    }
}
