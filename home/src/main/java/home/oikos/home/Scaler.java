package home.oikos.home;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.controller.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The parts of a Scaler that its reconciler goes by.
///
/// @param active which triggers were active when status was written
/// @param lower the smaller number that waits, and since when
record Scaler(ObjectKey key, String uid, long generation, String serviceAccountName, TargetRef target, int minReplicas, int maxReplicas,
        Duration stabilization, List<ScaleTrigger> triggers, List<Boolean> active, Optional<Lower> lower) {
    /// A smaller number has been right since then.
    record Lower(int replicas, Instant since) { }

    Scaler {
        triggers = List.copyOf(triggers);
        active = List.copyOf(active);
    }

    static Scaler read(Json scaler) {
        var key = ObjectKey.of(scaler);
        var spec = scaler.at("spec");
        var status = scaler.at("status");
        var since = Times.read(status.at("lowerSinceTime"));
        return new Scaler(key, scaler.at("metadata", "uid").text(""), scaler.at("metadata", "generation").integer(0L),
                spec.at("serviceAccountName").text("automation"), TargetRef.read(spec.at("targetRef"), key.namespace()), spec.at("minReplicas").integer(1),
                spec.at("maxReplicas").integer(1), Duration.ofSeconds(spec.at("stabilizationSeconds").integer(60L)),
                spec.at("triggers").array().stream().map(trigger -> ScaleTrigger.read(trigger, key.namespace())).toList(),
                status.at("triggers").array().stream().map(trigger -> trigger.at("active").bool(false)).toList(),
                since.map(instant -> new Lower(status.at("lowerReplicas").integer(0), instant)));
    }

    boolean wasActive(int trigger) {
        return trigger < active.size() && active.get(trigger);
    }
}
