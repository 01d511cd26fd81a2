package home.oikos.node;

import home.oikos.api.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The probes of a pod's running containers. Its worker's thread calls [#follow]; [#close] may come from any.
final class PodProbes implements AutoCloseable {
    private final Workbench bench;
    private final Runnable changed;
    private final Map<String, Prober> byContainer = new HashMap<>();
    /// What was known when probing ended: a pod that is being ended does not become ready by that.
    private final Map<String, ProbeState> last = new HashMap<>();
    private boolean closed;

    PodProbes(Workbench bench, Runnable changed) {
        this.bench = bench;
        this.changed = changed;
    }

    /// Begins to probe what has started, ends it for what has ended.
    /// @return what is known, by container ID
    synchronized Map<String, ProbeState> follow(Json pod, List<Container> containers, String podIp) {
        var running = containers.stream().filter(Container::isRunning).toList();
        byContainer.entrySet().removeIf(entry -> {
            boolean ended = running.stream().noneMatch(container -> container.id().equals(entry.getKey()));
            if (ended) entry.getValue().close();
            return ended;
        });
        if (!closed && pod.at("metadata", "deletionTimestamp").isNull()) running.forEach(container -> begin(pod, container, podIp));
        var states = new HashMap<>(last);
        byContainer.forEach((id, prober) -> states.put(id, prober.state()));
        return states;
    }

    private void begin(Json pod, Container container, String podIp) {
        if (byContainer.containsKey(container.id())) return;
        var spec = ContainerSpec.all(pod).stream().filter(each -> each.name().equals(container.name())).findFirst();
        var probes = spec.map(ProbeSpec::of).orElse(List.of());
        if (probes.isEmpty()) return;
        var action = new ProbeAction(bench.runtime(), spec.get(), container.id(), podIp);
        byContainer.put(container.id(), new Prober(action, probes, container.startedTime().orElse(container.createdTime()),
                known(pod, container).orElse(ProbeSpec.initial(probes)), bench.clock(), (probe, words) -> bench.events().warning(pod,
                container.name(), "Unhealthy", probe.word() + " probe failed: " + words), changed).start());
    }

    /// What an earlier life of ours found of this very run: our restart makes no ready container unready. Another run begins anew.
    private static Optional<ProbeState> known(Json pod, Container container) {
        return pod.at("status", "containerStatuses").array().stream()
                .filter(status -> status.at("containerID").text("").equals("containerd://" + container.id()))
                .filter(status -> status.at("started").bool(false))
                .map(status -> new ProbeState(true, status.at("ready").bool(false), true)).findFirst();
    }

    @Override
    public synchronized void close() {
        closed = true;
        byContainer.forEach((id, prober) -> last.put(id, prober.state()));
        byContainer.values().forEach(Prober::close);
        byContainer.clear();
    }
}
