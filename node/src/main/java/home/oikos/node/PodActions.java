package home.oikos.node;

import home.oikos.api.Json;
import java.io.IOException;
import java.util.function.Supplier;

/// Does the steps of a pod's plan. What cannot be started is noted with the time of the next try, and told as an Event. One worker's thread.
final class PodActions {
    private final Workbench bench;
    private final StartFailures failures;
    private final ContainerStops stops;
    private final PodResizes resizes;
    private final Supplier<PodView> look;

    /// @param look sees the pod anew: what an earlier step of the same plan did matters to the next
    PodActions(Workbench bench, StartFailures failures, ContainerStops stops, PodResizes resizes, Supplier<PodView> look) {
        this.bench = bench;
        this.failures = failures;
        this.stops = stops;
        this.resizes = resizes;
        this.look = look;
    }

    void perform(PodStep step, PodView view) throws IOException {
        switch (step) {
            case PodStep.MakeSandbox(int attempt) -> makeSandbox(attempt, view);
            case PodStep.StopSandbox(var id) -> stopSandbox(id, view);
            case PodStep.StartContainer start -> startContainer(start);
            case PodStep.StopContainer stop -> {
                if (stop.why().equals(PodPlan.RESIZE)) resizes.restarting(stop.id(), view);
                stops.begin(stop, view);
            }
            case PodStep.ResizeContainer resize -> resizes.perform(resize, view);
            case PodStep.RemoveContainer(var id) -> bench.runtime().removeContainer(id);
            case PodStep.Finish _ -> cleanUp(view);
        }
    }

    private void makeSandbox(int attempt, PodView view) {
        try {
            bench.runtime().runSandbox(room(view.pod()).config(attempt));
            failures.succeeded("");
        } catch (RuntimeFailure refused) {
            failures.failed("", new PodView.Waiting("ContainerCreating", ""), true, bench.clock().instant());
            bench.events().warning(view.pod(), "", "FailedCreatePodSandBox", "Failed to create pod sandbox: " + refused.getMessage());
        }
    }

    private void stopSandbox(String id, PodView view) {
        bench.runtime().stopSandbox(id);
        boolean newest = view.sandboxes().getFirst().id().equals(id);
        boolean hasRuns = view.containers().stream().anyMatch(container -> container.sandboxId().equals(id));
        if (!newest && !hasRuns) bench.runtime().removeSandbox(id);
    }

    private void startContainer(PodStep.StartContainer step) {
        try {
            var now = look.get();
            if (now.sandbox().isEmpty() || now.isDeleting()) return;
            start(now).start(step);
            failures.succeeded(step.name());
        } catch (ContainerStart.Failed failed) {
            failures.failed(step.name(), failed.waiting(), failed.quick(), bench.clock().instant());
        }
    }

    ContainerStart start(PodView view) {
        return new ContainerStart(bench, view, room(view.pod()));
    }

    private SandboxPlan room(Json pod) {
        return new SandboxPlan(pod, bench.settings(), ResolverConfig.ofThisMachine());
    }

    /// Nothing runs any more: everything of the pod on this machine goes.
    private void cleanUp(PodView view) throws IOException {
        view.containers().forEach(container -> bench.runtime().removeContainer(container.id()));
        for (var room : view.sandboxes()) {
            bench.runtime().stopSandbox(room.id());
            bench.runtime().removeSandbox(room.id());
        }
        bench.volumes().remove(view.identity().uid());
        Folders.delete(bench.settings().logs(view.identity()));
    }
}
