package home.oikos.node;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The way to what runs in the pods of this node: logs, commands, terminals, connections. Every call blocks until what it does has ended;
/// interrupting its thread ends it. Safe for any thread.
public final class PodStreams {
    private final ContainerRuntime runtime;
    private final NodeSettings settings;
    private final Function<String, Optional<PodView>> pods;

    /// @param pods the last look at a pod, by its uid
    PodStreams(ContainerRuntime runtime, NodeSettings settings, Function<String, Optional<PodView>> pods) {
        this.runtime = runtime;
        this.settings = settings;
        this.pods = pods;
    }

    /// Writes a container's log to its end, or, when followed, until the container has ended for good.
    public void logs(PodIdentity pod, LogRequest request, OutputStream out) throws IOException, PodRefusal {
        var runs = runs(pod, request.container());
        var run = runs.stream().skip(request.previous() ? 1 : 0).findFirst().orElseThrow(() -> new PodRefusal(400, request.previous()
                ? "previous terminated container \"%s\" in pod \"%s\" not found".formatted(request.container(), pod.name())
                : waits(pod, request.container())));
        var file = settings.logs(pod).resolve(run.name()).resolve(run.attempt() + ".log");
        if (!Files.exists(file) && !run.isRunning()) return;
        new LogReader(file, request, () -> runs(pod, request.container()).stream().anyMatch(each -> each.id().equals(run.id())
                && each.isRunning()))
                .writeTo(out);
    }

    private List<Container> runs(PodIdentity pod, String container) {
        return runtime.containers(pod.uid()).stream().filter(each -> each.name().equals(container)).toList();
    }

    private String waits(PodIdentity pod, String container) {
        var reason = pods.apply(pod.uid())
                .map(view -> view.waiting().get(container)).map(PodView.Waiting::reason).orElse("ContainerCreating");
        return "container \"%s\" in pod \"%s\" is waiting to start: %s".formatted(container, pod.name(), reason);
    }

    /// Runs a command in a container.
    /// @return its exit code
    public int exec(PodIdentity pod, String container, List<String> command, boolean tty, ProcessStreams streams) throws IOException,
            PodRefusal {
        var id = running(pod, container);
        try {
            return runtime.exec(id, command, tty, streams);
        } catch (RuntimeFailure refused) {
            throw new PodRefusal(500, refused.getMessage());
        }
    }

    /// Joins the streams of a container's main process.
    public void attach(PodIdentity pod, String container, boolean tty, ProcessStreams streams) throws IOException, PodRefusal {
        var id = running(pod, container);
        try {
            runtime.attach(id, tty, streams);
        } catch (RuntimeFailure refused) {
            throw new PodRefusal(500, refused.getMessage());
        }
    }

    /// Connects to a port inside the pod's network, where 127.0.0.1 is the pod.
    public PodConnection dial(PodIdentity pod, int port) throws IOException, PodRefusal {
        var room = runtime.sandboxes(pod.uid()).stream().filter(Sandbox::ready).findFirst()
                .orElseThrow(() -> new PodRefusal(400, "pod \"" + pod.name() + "\" is not running"));
        return runtime.dial(room.id(), port);
    }

    private String running(PodIdentity pod, String container) throws PodRefusal {
        return runs(pod, container).stream().filter(Container::isRunning).findFirst().map(Container::id)
                .orElseThrow(() -> new PodRefusal(400, "container \"" + container + "\" of pod \"" + pod.name() + "\" is not running"));
    }
}
