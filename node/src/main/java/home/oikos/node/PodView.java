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
/// @param resizes how far changes to the amounts of its containers have come
/// @param verdict why the node ends it, if it does
record PodView(Json pod, List<Sandbox> sandboxes, List<Container> containers, Map<String, ProbeState> probes, Set<String> stopping,
        Map<String, Waiting> waiting, Resizes resizes, Optional<PodVerdict> verdict, Instant now) {
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

    /// What a run was last given.
    Amounts given(ContainerSpec spec, Container run) {
        return resizes.given().getOrDefault(run.id(), spec.amounts());
    }

    /// Whether a run was given all that its spec says.
    boolean has(ContainerSpec spec, Container run) {
        return spec.amounts().sameAs(given(spec, run));
    }

    /// Whether a run is ended only to run again with other amounts.
    boolean isRestarting(Container run) {
        return resizes.restarting().contains(run.id());
    }

    /// Whether something was granted that has not been given yet.
    boolean isResizing() {
        return specs().stream().anyMatch(spec -> latest(spec.name())
                .filter(run -> run.hasEnded() ? isRestarting(run) : !has(spec, run)).isPresent());
    }

    List<Container> running() {
        return containers.stream().filter(Container::isRunning).toList();
    }
}
