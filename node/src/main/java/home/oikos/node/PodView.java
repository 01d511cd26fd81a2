package home.oikos.node;

import home.oikos.api.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All that is known of one pod at one moment: what is wanted, what the runtime has, what the probes say. Immutable.
/// @param sandboxes newest first
/// @param containers every run that the runtime still has, newest attempt first
/// @param probes what the probes found, by container ID
/// @param stopping IDs of containers that are being ended
/// @param waiting why a container does not run yet, by its name
/// @param verdict why the node ends it, if it does
record PodView(Json pod, List<Sandbox> sandboxes, List<Container> containers, Map<String, ProbeState> probes, Set<String> stopping,
        Map<String, Waiting> waiting, Optional<PodVerdict> verdict, Instant now) {
    /// A container's `waiting` state.
    record Waiting(String reason, String message) { }

    PodView {
        sandboxes = List.copyOf(sandboxes);
        containers = List.copyOf(containers);
        probes = Map.copyOf(probes);
        stopping = Set.copyOf(stopping);
        waiting = Map.copyOf(waiting);
    }

    PodIdentity identity() {
        return PodIdentity.of(pod);
    }

    List<ContainerSpec> specs() {
        return ContainerSpec.all(pod);
    }

    Optional<ContainerSpec> spec(String name) {
        return specs().stream().filter(spec -> spec.name().equals(name)).findFirst();
    }

    boolean isDeleting() {
        return pod.at("metadata", "deletionTimestamp").isPresent();
    }

    /// The room the pod lives in now.
    Optional<Sandbox> sandbox() {
        return sandboxes.stream().findFirst().filter(Sandbox::ready);
    }

    /// The newest run of a container, in whichever sandbox.
    Optional<Container> latest(String name) {
        return containers.stream().filter(container -> container.name().equals(name)).findFirst();
    }

    /// The newest run of a container in the sandbox of now.
    Optional<Container> current(String name) {
        return latest(name).filter(container -> sandbox().filter(room -> room.id().equals(container.sandboxId())).isPresent());
    }

    ProbeState probe(Container container) {
        return probes.getOrDefault(container.id(), ProbeState.NONE);
    }

    List<Container> running() {
        return containers.stream().filter(Container::isRunning).toList();
    }
}
