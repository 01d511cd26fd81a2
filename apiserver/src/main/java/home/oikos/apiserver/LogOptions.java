package home.oikos.apiserver;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// What of a container's log is wanted (PodLogOptions).
/// @param container never empty: the API server has chosen it
/// @param previous the log of the run before the present one
/// @param since only lines written at or after this
/// @param timestamps each line begins with its RFC 3339 time and a space
/// @param tailLines only the last so many lines of what else is asked for
/// @param limitBytes end after so many bytes, even within a line
public record LogOptions(String container, boolean follow, boolean previous, Optional<Instant> since, boolean timestamps,
        OptionalLong tailLines,
        OptionalLong limitBytes) { }
