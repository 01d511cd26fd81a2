package home.oikos.rollout;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.controller.Condition;
import home.oikos.controller.Times;
import home.oikos.rollout.Member.Phase;
import java.util.List;
import java.util.Optional;

/// A rollout's status, from where it is and what is in its way.
///
/// @param obstacle why it could not do what it decided; empty when it could
record Report(Rollout rollout, RolloutState state, Fleet fleet, Optional<Fleet.Trouble> obstacle) {
    /// As the API spells them.
    enum Stage { Progressing, Paused, RollingBack, RolledBack, Complete, Aborted, Blocked }

    Stage stage() {
        var will = rollout.will();
        boolean failed = !state.failure().isEmpty();
        if (will.abort() && !isWhole()) return Stage.Aborted;
        if (failed && will.rollsBack() && state.outcome().equals(Revision.ROLLED_BACK)) return Stage.RolledBack;
        if (will.paused() && !isWhole() || failed && !will.rollsBack()) return Stage.Paused;
        if (obstacle.or(fleet::trouble).isPresent()) return Stage.Blocked;
        if (failed) return Stage.RollingBack;
        return isWhole() ? Stage.Complete : Stage.Progressing;
    }

    /// Whether this revision reached all once, and nothing has failed since.
    private boolean isWhole() {
        return state.completed().isPresent() && state.failure().isEmpty() && state.firmwareName().equals(rollout.firmwareName());
    }

    JsonObject status() {
        var stage = stage();
        var waits = waitsFor(stage);
        var members = state.members().values();
        return JsonObject.of("observedGeneration", rollout.generation(), "phase", stage.name(), "revision", state.revision(),
                "firmwareName", orAbsent(state.firmwareName()), "version", orAbsent(state.version()), "attempt", state.attempt(),
                "wave", members.stream().mapToInt(Member::wave).filter(wave -> wave >= 0).boxed().max(Integer::compare).orElse(null),
                "startTime", state.start().map(Times::text).orElse(null), "completedTime", state.completed().map(Times::text).orElse(null),
                "failure", orAbsent(state.failure()), "selectedDevices", members.size(), "updatedDevices", count(Phase.Updated),
                "failedDevices", count(Phase.Failed), "waitingFor", orAbsent(waits),
                "estimatedCompletionTime", stage == Stage.Progressing ? Estimate.of(rollout, state, fleet).map(Times::text).orElse(null) : null,
                "devices", new JsonArray(members.stream().<Json>map(Member::json).toList()),
                "history", new JsonArray(state.history().stream().<Json>map(Revision::json).toList()), "conditions", conditions(stage, waits));
    }

    private JsonArray conditions(Stage stage, String waits) {
        var all = rollout.told().at("conditions").array();
        for (var condition : List.of(progressing(stage, waits), complete(stage), paused(stage), rolledBack(stage))) all = condition.in(all, fleet.now());
        return all;
    }

    private Condition progressing(Stage stage, String waits) {
        return switch (stage) {
            case Progressing, RollingBack -> Condition.of("Progressing", true, stage.name(), waits.isEmpty() ? "It goes on." : "Waits for " + waits + ".");
            case Blocked -> Condition.of("Progressing", false, trouble().reason(), trouble().message() + ".");
            case Paused, RolledBack, Complete, Aborted -> Condition.of("Progressing", false, stage.name(), "Nothing is begun.");
        };
    }

    private Condition complete(Stage stage) {
        if (stage == Stage.Complete) return Condition.of("Complete", true, "Complete", "Every device that can be reached runs " + state.version() + ".");
        return Condition.of("Complete", false, stage.name(), "%d of %d devices run %s.".formatted(count(Phase.Updated), state.members().size(),
                state.version().isEmpty() ? "it" : state.version()));
    }

    private Condition paused(Stage stage) {
        if (stage != Stage.Paused) return Condition.of("Paused", false, "GoesOn", "Nobody has stopped it.");
        return rollout.will().paused() ? Condition.of("Paused", true, "ByHand", "Somebody has paused it: nothing is offered, taken back or sent back.")
                : Condition.of("Paused", true, "DeviceFailed", state.failure() + ".");
    }

    private Condition rolledBack(Stage stage) {
        if (stage == Stage.RolledBack) return Condition.of("RolledBack", true, "DeviceFailed", state.failure() + ".");
        return Condition.of("RolledBack", false, stage == Stage.RollingBack ? "RollingBack" : "NotNeeded", state.failure().isEmpty() ? "Nothing has failed."
                : state.failure() + ".");
    }

    private Fleet.Trouble trouble() {
        return obstacle.or(fleet::trouble).orElseThrow();
    }

    private String waitsFor(Stage stage) {
        return switch (stage) {
            case Progressing, RollingBack, Complete -> Waits.words(state);
            case Paused -> rollout.will().paused() ? "a person: it is paused" : "a person: " + state.failure();
            case Blocked -> trouble().message();
            case RolledBack, Aborted -> "";
        };
    }

    private int count(Phase phase) {
        return (int) state.members().values().stream().filter(member -> member.is(phase)).count();
    }

    private static String orAbsent(String text) {
        return text.isEmpty() ? null : text;
    }
}
