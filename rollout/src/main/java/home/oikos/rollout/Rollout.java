package home.oikos.rollout;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.Resource;
import home.oikos.controller.LabelSelector;
import home.oikos.controller.Reference;
import home.oikos.controller.Times;
import home.oikos.home.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The parts of a FirmwareRollout that its plan goes by.
///
/// @param told its status as it stands
record Rollout(ObjectKey key, String uid, long generation, Instant created, String firmwareName, LabelSelector selector, Pace pace, Will will,
        List<Check> gates, List<Check> health, List<Budget> budgets, String serviceAccountName, RolloutState state, JsonObject told) {
    static final Resource RESOURCE = Resource.namespaced("oikos.home/v1alpha1", "firmwarerollouts", "FirmwareRollout");

    /// How fast it goes.
    ///
    /// @param deadline how long a device may take for one step
    record Pace(int canaries, int batch, Duration soak, int maxUnavailable, Duration deadline) { }

    /// What people want of it just now.
    ///
    /// @param rollsBack whether a failure sends all devices back, rather than waiting for a person
    record Will(boolean paused, boolean abort, int attempt, boolean allowDowngrade, boolean rollsBack) { }

    Rollout {
        gates = List.copyOf(gates);
        health = List.copyOf(health);
        budgets = List.copyOf(budgets);
    }

    static Rollout read(Json object) {
        var key = ObjectKey.of(object);
        var spec = object.at("spec");
        var pace = new Pace(spec.at("canaries").integer(1), spec.at("batch").integer(1), seconds(spec, "soakSeconds", 600),
                spec.at("maxUnavailable").integer(1), seconds(spec, "progressDeadlineSeconds", 3600));
        var will = new Will(spec.at("paused").bool(false), spec.at("abort").bool(false), spec.at("attempt").integer(0),
                spec.at("allowDowngrade").bool(false), !spec.at("onFailure").text("RollBack").equals("Pause"));
        return new Rollout(key, object.at("metadata", "uid").text(""), object.at("metadata", "generation").integer(0L),
                Times.read(object.at("metadata", "creationTimestamp")).orElse(Instant.EPOCH), spec.at("firmwareName").text(""), selector(spec), pace, will,
                spec.at("gates").array().stream().map(Check::read).toList(), spec.at("health").array().stream().map(Check::read).toList(),
                spec.at("disruptionBudgets").array().stream().map(budget -> Budget.read(key.name(), budget)).toList(),
                spec.at("serviceAccountName").text("automation"), RolloutState.read(object.at("status")), object.at("status").object());
    }

    /// An absent selector means every device of the model, unlike in the workload kinds, where it means none.
    private static LabelSelector selector(Json spec) {
        var selector = spec.at("selector");
        return selector.isNull() ? new LabelSelector(true, List.of()) : LabelSelector.of(selector);
    }

    private static Duration seconds(Json spec, String name, long otherwise) {
        return Duration.ofSeconds(Math.max(0, spec.at(name).integer(otherwise)));
    }

    Reference reference() {
        return new Reference(RESOURCE, key, uid);
    }

    /// In whose name it asks devices.
    Actor actor() {
        return new Actor(reference(), serviceAccountName, "firmwarerollout-" + key.name());
    }

    /// Whether it has a say in a device before the other does: the older one does.
    boolean isOlderThan(Rollout other) {
        int order = created.compareTo(other.created());
        return order != 0 ? order < 0 : key.compareTo(other.key()) < 0;
    }

    /// Whether it is at something that any change of a device may move.
    boolean isAtWork() {
        return !List.of("Complete", "RolledBack", "Aborted").contains(told.at("phase").text(""));
    }

    boolean selects(Appliance appliance, String modelName) {
        return appliance.modelName().equals(modelName) && selector.matches(appliance.labels());
    }

    /// Whether an older firmware than a device has is meant: somebody says so, or it was here before.
    boolean isDowngradeMeant() {
        return will.allowDowngrade() || state.hasCompleted(firmwareName);
    }
}
