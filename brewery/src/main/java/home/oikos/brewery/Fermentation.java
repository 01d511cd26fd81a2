package home.oikos.brewery;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.client.Resource;
import home.oikos.controller.Reference;
import home.oikos.controller.Times;
import home.oikos.home.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The parts of a Fermentation that its reconciler goes by.
record Fermentation(ObjectKey key, String uid, long generation, boolean suspend, String serviceAccountName, BatchClock clock, Recipe recipe,
        Vessel vessel,
        Profile profile, StallRule rule, Ladder ladder) {
    static final Resource RESOURCE = Resource.namespaced("oikos.home/v1alpha1", "fermentations", "Fermentation");

    /// @throws IllegalArgumentException when it makes no sense; the message says what was expected
    static Fermentation read(Json object) {
        var key = ObjectKey.of(object);
        var spec = object.at("spec");
        var recipe = Recipe.read(spec.at("recipe"));
        return new Fermentation(key, object.at("metadata", "uid").text(""), object.at("metadata", "generation").integer(0L),
                spec.at("suspend").bool(false),
                spec.at("serviceAccountName").text("automation"), clock(object), recipe, Vessel.read(spec.at("vessel"), key.namespace()),
                new Profile(spec.at("profile").array().stream().map(ProfileStep::read).toList(), recipe.coldest(), recipe.warmest()),
                StallRule.read(spec.at("stall")), ladder(spec.at("onStall"), key.namespace()));
    }

    static BatchClock clock(Json object) {
        var made = Times.read(object.at("metadata", "creationTimestamp")).orElse(Instant.EPOCH);
        return new BatchClock(Times.read(object.at("spec", "pitchTime")).orElse(made),
                Math.clamp(object.at("spec", "timeScale").integer(1), 1, 10_000));
    }

    private static Ladder ladder(Json onStall, String namespace) {
        if (onStall.isNull()) return Ladder.NONE;
        var rungs = onStall.at("steps").array().stream().map(rung -> Rung.read(rung, namespace)).toList();
        var undo = onStall.at("undo");
        return new Ladder(rungs, undo.isPresent() ? Optional.of(Duration.ofSeconds(undo.at("afterSeconds").integer(21_600L)))
                : Optional.empty());
    }

    /// In whose name temperature and steps are asked for.
    Actor actor() {
        return new Actor(reference(), serviceAccountName, "fermentation-" + key.name());
    }

    Reference reference() {
        return new Reference(RESOURCE, key, uid);
    }
}
