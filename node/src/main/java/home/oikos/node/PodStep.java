package home.oikos.node;

import java.time.Duration;

/// One thing to do for a pod. The plan makes them, the worker does them in order.
sealed interface PodStep {
    /// Makes the pod's room anew.
    record MakeSandbox(int attempt) implements PodStep { }

    /// Ends everything in an old room and takes its network away.
    record StopSandbox(String id) implements PodStep { }

    /// Starts a container; `restartsInARow` decides how long the next restart waits.
    record StartContainer(String name, int attempt, int restartsInARow) implements PodStep { }

    /// Ends a container, with its preStop hook, in the background.
    record StopContainer(String id, String name, Duration grace, String why) implements PodStep { }

    /// Gives a running container what its pod was granted.
    record ResizeContainer(String id, String name) implements PodStep { }

    /// Forgets a run that nobody needs any more.
    record RemoveContainer(String id) implements PodStep { }

    /// Nothing of the pod runs: clean up and tell the API that it may go.
    record Finish() implements PodStep { }
}
