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
record Pod(Metadata metadata, String nodeName, String phase, boolean ready, Instant readyTime, int restarts, List<String> addresses) {
    Pod {
        addresses = List.copyOf(addresses);
    }

    static Pod of(Json object) {
        var status = object.at("status");
        var ready = Condition.find(status.at("conditions"), "Ready").orElse(Json.NULL);
        return new Pod(Metadata.of(object), object.at("spec", "nodeName").text(""), status.at("phase").text("Pending"),
                ready.at("status").text("").equals("True"), Times.read(ready.at("lastTransitionTime")).orElse(Instant.EPOCH),
                restarts(status), addresses(status));
    }

    private static int restarts(Json status) {
        int restarts = 0;
        for (var container : status.at("containerStatuses").array()) restarts += container.at("restartCount").integer(0);
        return restarts;
    }

    private static List<String> addresses(Json status) {
        var several = status.at("podIPs").array().stream().map(address -> address.at("ip").text("")).toList();
        return several.isEmpty() ? status.at("podIP").text().map(List::of).orElse(List.of()) : several;
    }

    String name() {
        return metadata.name();
    }

    boolean isFinished() {
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /// Neither finished nor on its way out.
    boolean isActive() {
        return !isFinished() && !metadata.deleting();
    }

    /// Ready, and that for long enough.
    boolean isAvailable(Duration minReady, Instant now) {
        return ready && (minReady.isZero() || !readyTime.plus(minReady).isAfter(now));
    }
}
