package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.Timestamps;
import java.time.Instant;
import java.util.Optional;

/// Why the node ends a pod that could run on: its time is up, or the machine lacks something. The words are its status' own.
record PodVerdict(String reason, String message) {
    /// When a pod will have been active for too long (`activeDeadlineSeconds`).
    static Optional<Instant> deadline(Json pod) {
        var seconds = pod.at("spec", "activeDeadlineSeconds");
        if (seconds.isNull()) return Optional.empty();
        return Timestamps.parse(pod.at("status", "startTime").text("")).map(start -> start.plusSeconds(seconds.integer(0L)));
    }

    static Optional<PodVerdict> ofTime(Json pod, Instant now) {
        return deadline(pod).filter(end -> !end.isAfter(now))
                .map(_ -> new PodVerdict("DeadlineExceeded", "Pod was active on the node longer than the specified deadline"));
    }
}
