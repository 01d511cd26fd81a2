package home.oikos.node;

import java.time.Instant;

/// The room of a pod: its network and other name spaces, kept open by the pause process.
/// @param ready false when the pause process is gone and the room has to be made anew
/// @param ip empty on the host's network
public record Sandbox(String id, String podUid, String namespace, String podName, int attempt, boolean ready, Instant createdTime,
        String ip) { }
