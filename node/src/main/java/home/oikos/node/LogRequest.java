package home.oikos.node;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// What of a container's log is wanted (PodLogOptions).
/// @param previous the run before the present one
/// @param since only lines written at or after this
/// @param timestamps each line begins with its time
/// @param tailLines only the last so many of them
/// @param limitBytes ends after so many, even within a line
public record LogRequest(String container, boolean follow, boolean previous, Optional<Instant> since, boolean timestamps,
        OptionalLong tailLines,
        OptionalLong limitBytes) { }
