package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.controller.Condition;
import home.oikos.controller.LabelSelector;
import java.time.Instant;
import java.util.List;

/// A PodDisruptionBudget, and the status its pods give it.
record DisruptionBudget(Metadata metadata, LabelSelector selector, Json minAvailable, Json maxUnavailable, JsonObject status) {
    static DisruptionBudget of(Json object) {
        var spec = object.at("spec");
        return new DisruptionBudget(Metadata.of(object), LabelSelector.of(spec.at("selector")), spec.at("minAvailable"),
                spec.at("maxUnavailable"), object.at("status").object());
    }

    /// @param pods of the namespace
    /// @param expected how many pods the controllers of the matching ones want
    JsonObject status(List<Pod> pods, int expected, Instant now) {
        var matching = pods.stream().filter(pod -> !pod.isFinished() && selector.matches(pod.metadata().labels())).toList();
        int healthy = (int) matching.stream().filter(pod -> pod.ready() && !pod.metadata().deleting()).count();
        int desired = desired(expected);
        int allowed = matching.isEmpty() ? 0 : Math.max(0, healthy - desired);
        var condition = Condition.of("DisruptionAllowed", allowed > 0, allowed > 0 ? "SufficientPods" : "InsufficientPods", "");
        // disruptedPods and what else the API server writes at an eviction stays as it is.
        return status.with("observedGeneration", metadata.generation()).with("currentHealthy", healthy).with("desiredHealthy", desired)
                .with("expectedPods", expected).with("disruptionsAllowed", allowed)
                .with("conditions", condition.in(status.at("conditions"), now));
    }

    private int desired(int expected) {
        if (maxUnavailable.isPresent()) return Math.max(0, expected - IntOrPercent.of(maxUnavailable, expected, true));
        return minAvailable.isPresent() ? IntOrPercent.of(minAvailable, expected, true) : 0;
    }

    /// A plain number of available pods is meant of those that are there.
    boolean countsPodsThemselves() {
        return maxUnavailable.isNull() && minAvailable.text("").isEmpty();
    }
}
