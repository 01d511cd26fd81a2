package home.oikos.gateway;

import home.oikos.api.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Which devices a home can spare now, by the disruption budgets of its rollouts and by how many each lets be under way. The last look before a device may
/// hear of new firmware, and again before it may take it up, whoever wants it: one thread decides for all devices, so two that may not be away together are
/// never both let go. Belongs to [House].
final class Spares {
    /// As many names as a sentence bears.
    private static final int NAMES_MAX = 3;

    private final World world;
    private final Map<ObjectKey, RolloutSpec> rollouts = new TreeMap<>();

    Spares(World world) {
        this.world = world;
    }

    void put(RolloutSpec rollout) {
        rollouts.put(rollout.key(), rollout);
    }

    void remove(ObjectKey rollout) {
        rollouts.remove(rollout);
    }

    /// What of a device others go by.
    record Standing(boolean down, boolean underWay) {
        static final Standing UNKNOWN = new Standing(false, false);

        static Standing of(Thing thing) {
            return new Standing(isDown(thing), isUnderWay(thing));
        }
    }

    /// Whether it changes itself, or may begin to at any moment. One that sleeps is judged again when it wakes.
    private static boolean isUnderWay(Thing thing) {
        return thing.firmware.isTakenUp() || thing.firmware.isOpen() && isSurelyThere(thing);
    }

    private static boolean isSurelyThere(Thing thing) {
        return thing.conditionIs("Online", "True") || thing.spec.protocol().isEmpty() && !thing.speaksOfFirmwareAlone();
    }

    /// Whether the home cannot count on a device: it may take an image up or has done so, was not heard of since, or is not surely there. Of one
    /// that nothing can be heard of nobody knows.
    private static boolean isDown(Thing thing) {
        var firmware = thing.firmware;
        boolean isSilent = firmware.unconfirmed() != null && thing.lastWord().filter(word -> word.isAfter(firmware.unconfirmed())).isEmpty();
        return firmware.isOpen() || isSilent || !isSurelyThere(thing);
    }

    /// Why a device may not go away now; empty when the home can spare it.
    Optional<String> refusal(Thing thing) {
        for (var rollout : rollouts.values()) {
            if (!rollout.key().namespace().equals(thing.key.namespace())) continue;
            for (var budget : rollout.budgets()) {
                var refusal = budget.selector().matches(thing.spec.labels()) ? refusal(rollout, budget, thing) : Optional.<String>empty();
                if (refusal.isPresent()) return refusal;
            }
            var refusal = rollout.isAbout(thing.spec) ? crowding(rollout, thing) : Optional.<String>empty();
            if (refusal.isPresent()) return refusal;
        }
        return Optional.empty();
    }

    private Optional<String> refusal(RolloutSpec rollout, RolloutSpec.Budget budget, Thing thing) {
        var away = names(thing, other -> budget.selector().matches(other.spec.labels()) && isDown(other));
        if (away.size() < budget.maxUnavailable()) return Optional.empty();
        return Optional.of("Budget %s of rollout %s spares %d, and %s.".formatted(budget.name(), rollout.key().name(), budget.maxUnavailable(),
                away.isEmpty() ? "this would be one" : "away or about to be: " + said(away)));
    }

    private Optional<String> crowding(RolloutSpec rollout, Thing thing) {
        var underWay = names(thing, other -> other.spec.modelName().equals(thing.spec.modelName()) && rollout.isAbout(other.spec) && isUnderWay(other));
        if (underWay.size() < rollout.maxUnavailable()) return Optional.empty();
        return Optional.of("Rollout %s lets %d be under way at once, and now: %s.".formatted(rollout.key().name(), rollout.maxUnavailable(), said(underWay)));
    }

    /// Others of the same namespace.
    private List<String> names(Thing thing, Predicate<Thing> those) {
        return world.things.values().stream().filter(other -> other != thing && other.key.namespace().equals(thing.key.namespace()) && those.test(other))
                .map(other -> other.key.name()).toList();
    }

    private static String said(List<String> names) {
        return names.stream().limit(NAMES_MAX).collect(Collectors.joining(", "));
    }
}
