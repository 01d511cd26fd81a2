package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.controller.Condition;
import home.oikos.controller.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A pod as its controllers see it.
/// @param phase Pending, Running, Succeeded, Failed or Unknown
/// @param readyTime when readiness last changed
/// @param restarts how often its containers were started again, in all
/// @param scheduled its PodScheduled condition; its type is empty while it has none
record Pod(Metadata metadata, String nodeName, String phase, boolean ready, Instant readyTime, int restarts, Condition scheduled,
        PodNetwork network, PodEnd end, PodNeeds needs) {
    static Pod of(Json object) {
        var status = object.at("status");
        var conditions = status.at("conditions");
        var ready = Condition.find(conditions, "Ready").orElse(Json.NULL);
        return new Pod(Metadata.of(object), object.at("spec", "nodeName").text(""), status.at("phase").text("Pending"),
                ready.at("status").text("").equals("True"), Times.read(ready.at("lastTransitionTime")).orElse(Instant.EPOCH),
                restarts(status), Condition.read(Condition.find(conditions, "PodScheduled").orElse(Json.NULL)),
                PodNetwork.of(object), PodEnd.of(status), PodNeeds.of(ResizedSpec.of(object)));
    }

    private static int restarts(Json status) {
        int restarts = 0;
        for (var container : status.at("containerStatuses").array()) restarts += container.at("restartCount").integer(0);
        for (var container : status.at("initContainerStatuses").array()) restarts += container.at("restartCount").integer(0);
        return restarts;
    }

    String name() {
        return metadata.name();
    }

    boolean isBound() {
        return !nodeName.isEmpty();
    }

    boolean isFinished() {
        return isSucceeded() || isFailed();
    }

    boolean isSucceeded() {
        return phase.equals("Succeeded");
    }

    boolean isFailed() {
        return phase.equals("Failed");
    }

    /// Neither finished nor on its way out.
    boolean isActive() {
        return !isFinished() && !metadata.deleting();
    }

    /// Ready, and that for long enough.
    boolean isAvailable(Duration minReady, Instant now) {
        return ready && (minReady.isZero() || !readyTime.plus(minReady).isAfter(now));
    }

    List<String> addresses() {
        return network.addresses();
    }
}
