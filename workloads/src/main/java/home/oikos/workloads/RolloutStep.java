package home.oikos.workloads;

import java.util.Map;

/// One thing a Deployment does to its ReplicaSets.
sealed interface RolloutStep {
    /// Makes the ReplicaSet of the current template.
    record Create(String hash, int replicas, Map<String, String> annotations) implements RolloutStep { }

    /// Changes how many pods a ReplicaSet wants, and its note of how many the Deployment does.
    record Scale(ReplicaSet set, int replicas, Map<String, String> annotations) implements RolloutStep { }

    /// Changes annotations of a ReplicaSet only.
    record Annotate(ReplicaSet set, Map<String, String> annotations) implements RolloutStep { }

    /// Notes on the Deployment which revision is current.
    record Number(long revision) implements RolloutStep { }

    /// Forgets an old revision.
    record Delete(ReplicaSet set) implements RolloutStep { }
}
