package home.oikos.home;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.controller.Condition;
import home.oikos.controller.Reference;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The parts of a Reaction that its reconciler goes by.
///
/// @param isTold whether status is up to date and all is well
/// @param undoAfter how long the condition must have been false before what was done is taken back; empty for never
record Reaction(ObjectKey key, String uid, long generation, boolean suspend, String serviceAccountName, String when, Duration forTime, List<Step> steps,
        Optional<Duration> undoAfter, ReactionState state, boolean isTold) {
    Reaction {
        steps = List.copyOf(steps);
    }

    static Reaction read(Json reaction) {
        var key = ObjectKey.of(reaction);
        var spec = reaction.at("spec");
        var undo = spec.at("undo");
        return new Reaction(key, reaction.at("metadata", "uid").text(""), reaction.at("metadata", "generation").integer(0L), spec.at("suspend").bool(false),
                spec.at("serviceAccountName").text("automation"), spec.at("when").text(""), Duration.ofSeconds(spec.at("forSeconds").integer(0L)),
                spec.at("steps").array().stream().map(step -> Step.read(step, key.namespace())).toList(),
                undo.isPresent() ? Optional.of(Duration.ofSeconds(undo.at("afterSeconds").integer(0L))) : Optional.empty(),
                ReactionState.read(reaction.at("status")), isTold(reaction));
    }

    /// Whether status speaks of this generation and nothing is wrong.
    private static boolean isTold(Json reaction) {
        var status = reaction.at("status");
        return status.at("observedGeneration").integer(-1L) == reaction.at("metadata", "generation").integer(0L)
                && Condition.isTrue(status.at("conditions"), "Ready");
    }

    /// Under this name it manages fields.
    String fieldManager() {
        return "reaction-" + key.name();
    }

    /// In whose name its steps are done.
    Actor actor() {
        return new Actor(new Reference(Kinds.REACTIONS, key, uid), serviceAccountName, fieldManager());
    }

    /// Which action of it a Job belongs to.
    String jobName(int index) {
        return "%s-%d-%d".formatted(key.name(), state.actions(), index);
    }
}
