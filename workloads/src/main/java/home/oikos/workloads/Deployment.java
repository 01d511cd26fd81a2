package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.client.Resources;
import home.oikos.controller.LabelSelector;
import home.oikos.controller.Reference;
import java.time.Duration;
import java.util.Optional;

/// A Deployment. Its limits are resolved against its size: surge rounds up, unavailable down, and both zero would never move.
record Deployment(Metadata metadata, int replicas, boolean paused, boolean recreate, Json maxSurge, Json maxUnavailable,
        Duration minReady, int revisionHistoryLimit, Optional<Duration> progressDeadline, LabelSelector selector, Json selectorJson,
        Json template, JsonObject status) {
    /// Kubernetes takes the largest integer for "no deadline".
    private static final int NO_DEADLINE = Integer.MAX_VALUE;

    static Deployment of(Json object) {
        var spec = object.at("spec");
        var rolling = spec.at("strategy", "rollingUpdate");
        int deadline = spec.at("progressDeadlineSeconds").integer(NO_DEADLINE);
        return new Deployment(Metadata.of(object), spec.at("replicas").integer(1), spec.at("paused").bool(false),
                spec.at("strategy", "type").text("").equals("Recreate"), rolling.at("maxSurge"), rolling.at("maxUnavailable"),
                Duration.ofSeconds(spec.at("minReadySeconds").integer(0)), spec.at("revisionHistoryLimit").integer(10),
                deadline == NO_DEADLINE ? Optional.empty() : Optional.of(Duration.ofSeconds(deadline)),
                LabelSelector.of(spec.at("selector")), spec.at("selector"), spec.at("template"), object.at("status").object());
    }

    Reference reference() {
        return new Reference(Resources.DEPLOYMENTS, metadata.key(), metadata.uid());
    }

    String name() {
        return metadata.name();
    }

    /// How many pods there may be above what is wanted.
    int surge() {
        return recreate ? 0 : IntOrPercent.of(maxSurge, replicas, true);
    }

    /// How many of the wanted pods may be missing.
    int unavailable() {
        if (recreate || replicas == 0) return 0;
        int resolved = IntOrPercent.of(maxUnavailable, replicas, false);
        return Math.min(replicas, resolved == 0 && surge() == 0 ? 1 : resolved);
    }

    int count(String field) {
        return status.at(field).integer(0);
    }

    /// A status that says the Deployment is all new and all there.
    boolean isComplete(JsonObject status) {
        return status.at("updatedReplicas").integer(0) == replicas && status.at("replicas").integer(0) == replicas
                && status.at("availableReplicas").integer(0) == replicas
                && status.at("observedGeneration").integer(0L) >= metadata.generation();
    }
}
