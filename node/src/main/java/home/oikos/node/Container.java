package home.oikos.node;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One run of a container as the runtime knows it. A restart is another container with the next attempt.
/// @param attempt how often it was restarted before
/// @param image the name it was asked for by
/// @param imageRef what that name meant: a digest
/// @param reason empty, or as in `Completed`, `Error`, `OOMKilled`
public record Container(String id, String sandboxId, String name, int attempt, State state, Instant createdTime,
        Optional<Instant> startedTime,
        Optional<Instant> finishedTime, int exitCode, String reason, String message, String image, String imageRef,
        Map<String, String> labels, Map<String, String> annotations) {
    /// Where in its life a container is; UNKNOWN is one the runtime lost track of, to be removed.
    public enum State { CREATED, RUNNING, EXITED, UNKNOWN }

    public Container {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    public boolean isRunning() {
        return state == State.RUNNING;
    }

    public boolean hasEnded() {
        return state == State.EXITED || state == State.UNKNOWN;
    }
}
