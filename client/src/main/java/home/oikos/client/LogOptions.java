package home.oikos.client;

import java.util.Optional;

/// Which part of a container's log.
/// @param container empty for the pod's only one
/// @param follow goes on as the container writes
/// @param previous the log of the run before this one
public record LogOptions(String container, boolean follow, boolean previous, Optional<Integer> tailLines, boolean timestamps) {
    public static LogOptions of(String container) {
        return new LogOptions(container, false, false, Optional.empty(), false);
    }

    Query query() {
        return Query.NONE.with("container", container).with("follow", follow ? "true" : "").with("previous", previous ? "true" : "")
                .with("tailLines", tailLines.map(String::valueOf).orElse("")).with("timestamps", timestamps ? "true" : "");
    }
}
