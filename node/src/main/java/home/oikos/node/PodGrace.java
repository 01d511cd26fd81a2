package home.oikos.node;

import home.oikos.api.Json;
import java.time.Duration;

/// How long a pod's processes may take to end.
final class PodGrace {
    private static final int SECONDS = 30;

    private PodGrace() { }

    /// What the deletion says, otherwise the pod.
    static Duration of(Json pod) {
        int ofSpec = pod.at("spec", "terminationGracePeriodSeconds").integer(SECONDS);
        return seconds(pod.at("metadata", "deletionGracePeriodSeconds").integer(ofSpec));
    }

    /// A failed probe may have a grace of its own.
    static Duration ofProbe(Json pod, ContainerSpec spec) {
        var own = spec.json().at("livenessProbe", "terminationGracePeriodSeconds");
        return own.isPresent() ? seconds(own.integer(SECONDS)) : of(pod);
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(Math.max(0, seconds));
    }
}
