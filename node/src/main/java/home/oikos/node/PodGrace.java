package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.Timestamps;
import java.time.Duration;
import java.time.Instant;

/// How long a pod's processes may take to end.
final class PodGrace {
    private static final int SECONDS = 30;
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private PodGrace() { }

    /// What the deletion says, otherwise the pod.
    static Duration of(Json pod) {
        int ofSpec = pod.at("spec", "terminationGracePeriodSeconds").integer(SECONDS);
        return seconds(pod.at("metadata", "deletionGracePeriodSeconds").integer(ofSpec));
    }

    /// What is left of it for those whose turn to end is now. At least a second, as long as there was any: their preStop hooks run.
    static Duration left(Json pod, Instant now) {
        var grace = of(pod);
        var end = Timestamps.parse(pod.at("metadata", "deletionTimestamp").text(""));
        if (end.isEmpty() || grace.isZero()) return grace;
        var left = Duration.between(now, end.get());
        return left.compareTo(SHORTEST) < 0 ? SHORTEST : left.compareTo(grace) < 0 ? left : grace;
    }

    /// A failed probe may have a grace of its own.
    /// @param started whether the liveness probe failed; otherwise it was the startup probe
    static Duration ofProbe(Json pod, ContainerSpec spec, boolean started) {
        var own = spec.json().at(started ? "livenessProbe" : "startupProbe", "terminationGracePeriodSeconds");
        return own.isPresent() ? seconds(own.integer(SECONDS)) : of(pod);
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(Math.max(0, seconds));
    }
}
