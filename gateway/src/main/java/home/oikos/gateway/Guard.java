package home.oikos.gateway;

import home.oikos.api.ObjectKey;
import home.oikos.driver.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Judges commands by the interlocks. Belongs to [House] and its thread.
///
/// A property that has a command on its way may have either value, so a command passes only if every interlock holds in every world that
/// is possible then. During a dead time the value from before is possible too: that alone makes a command wait.
final class Guard {
    /// Worlds looked at for one command: six properties in doubt at once. Beyond that nobody can tell, and the command waits.
    static final int WORLDS_MAX = 64;

    /// How soon to look again when too much is in doubt.
    private static final Duration IN_DOUBT = Duration.ofSeconds(1);

    final Map<ObjectKey, Interlock> interlocks = new TreeMap<>();
    private final World world;

    Guard(World world) {
        this.world = world;
    }

    /// Whether this is a value that always passes.
    boolean isSafe(ObjectKey device, String property, Value value) {
        return interlocks.values().stream().anyMatch(interlock -> interlock.spec.isSafe(device, property, value));
    }

    boolean isGuarded(ObjectKey device, String property) {
        return interlocks.values().stream().anyMatch(interlock -> interlock.reads(device, property) || interlock.guards(device, property));
    }

    /// The safe value that an interlock drives now.
    Optional<Value> driven(ObjectKey device, String property) {
        return holder(device, property).flatMap(interlock -> interlock.safeValue(device, property));
    }

    Optional<Interlock> holder(ObjectKey device, String property) {
        return interlocks.values().stream().filter(interlock -> interlock.isActive() && interlock.guards(device, property)).findFirst();
    }

    Verdict judge(ObjectKey device, String property, Value value, Instant now) {
        if (isSafe(device, property, value)) return Verdict.PASSES;
        Verdict worst = Verdict.PASSES;
        for (var interlock : interlocks.values()) {
            if (!interlock.reads(device, property) && !interlock.guards(device, property)) continue;
            var verdict = judge(interlock, new World.Property(device, property), value, now);
            if (verdict instanceof Verdict.Refused) return verdict;
            if (verdict instanceof Verdict.Waits) worst = verdict;
        }
        return worst;
    }

    private Verdict judge(Interlock interlock, World.Property property, Value value, Instant now) {
        if (interlock.isActive() && interlock.guards(property.device(), property.name())) {
            return new Verdict.Refused(interlock.key().name(), interlock.broken.orElse("it is latched until a person resets it"));
        }
        var broken = broken(interlock, property, value, Duration.ZERO, now);
        if (broken.isPresent()) return new Verdict.Refused(interlock.key().name(), broken.get());
        if (interlock.spec.deadTime().isZero() || broken(interlock, property, value, interlock.spec.deadTime(), now).isEmpty()) return Verdict.PASSES;
        return new Verdict.Waits(nextLook(interlock, property, now), "dead time of " + interlock.key().name());
    }

    private Instant nextLook(Interlock interlock, World.Property commanded, Instant now) {
        return interlock.properties().stream().filter(other -> !other.equals(commanded))
                .flatMap(other -> world.find(other.device()).flatMap(thing -> thing.nextImpossible(other.name(), interlock.spec.deadTime(), now)).stream())
                .min(Instant::compareTo).orElse(now.plus(IN_DOUBT));
    }

    private Optional<String> broken(Interlock interlock, World.Property property, Value value, Duration deadTime, Instant now) {
        var worlds = worlds(interlock, property, value, deadTime, now);
        if (worlds.size() > WORLDS_MAX) return Optional.of("too much is on its way to be sure");
        return worlds.stream()
                .flatMap(supposed -> interlock.broken(world.reported(interlock.key().namespace(), supposed, now)).stream())
                .findFirst();
    }

    /// Every combination of the values that the other properties may have.
    private List<Map<World.Property, Value>> worlds(Interlock interlock, World.Property property, Value value, Duration deadTime, Instant now) {
        List<Map<World.Property, Value>> worlds = List.of(Map.of(property, value));
        for (var other : interlock.properties()) {
            if (other.equals(property)) continue;
            var possible = world.find(other.device()).map(thing -> possible(thing, other.name(), deadTime, now)).orElse(List.of());
            if (possible.size() > 1) worlds = product(worlds, other, possible);
            if (worlds.size() > WORLDS_MAX) return worlds;
        }
        return worlds;
    }

    /// A stale value is supposed to be nothing: the expression meets it and finds the error.
    private static List<Value> possible(Thing thing, String property, Duration deadTime, Instant now) {
        return thing.staleness(property, now).isPresent() ? List.of() : thing.possible(property, deadTime, now);
    }

    private static List<Map<World.Property, Value>> product(Collection<Map<World.Property, Value>> worlds, World.Property property, List<Value> possible) {
        var product = new ArrayList<Map<World.Property, Value>>();
        for (var world : worlds) {
            for (var value : possible) {
                var more = new HashMap<>(world);
                more.put(property, value);
                product.add(more);
            }
        }
        return product;
    }
}
