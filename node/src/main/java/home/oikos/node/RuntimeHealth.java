package home.oikos.node;

import java.util.Optional;

/// Whether pods can run here: the part of a [ContainerRuntime] that the Node tells of.
public interface RuntimeHealth {
    /// Name and version, as in `containerd://1.6.20`. Asked only where there is no trouble.
    String version();

    /// What keeps pods from running, in words; empty when nothing does.
    Optional<String> trouble();
}
