package home.oikos.node;

import home.oikos.api.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Ends containers in the background, each with its preStop hook first: a pod is looked at on while its containers take their time.
/// Safe for any thread.
final class ContainerStops {
    private final Workbench bench;
    private final Runnable ended;
    private final Map<String, Duration> stopping = new ConcurrentHashMap<>();

    /// @param ended told when one has ended, or could not be
    ContainerStops(Workbench bench, Runnable ended) {
        this.bench = bench;
        this.ended = ended;
    }

    /// The containers that are being ended as fast as they are wanted to now; one that has longer must be hurried.
    Set<String> within(Duration grace) {
        return stopping.entrySet().stream().filter(each -> each.getValue().compareTo(grace) <= 0).map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    Set<String> all() {
        return Set.copyOf(stopping.keySet());
    }

    void begin(PodStep.StopContainer step, PodView view) {
        stopping.put(step.id(), step.grace());
        bench.events().normal(view.pod(), step.name(), "Killing", switch (step.why()) {
            case "Unhealthy" -> "Container " + step.name() + " failed a probe, will be restarted";
            case PodPlan.RESIZE -> "Container " + step.name() + " resize requires restart";
            default -> "Stopping container " + step.name();
        });
        Thread.ofVirtual().name("stop-" + view.identity().name()).start(() -> stop(step, view));
    }

    private void stop(PodStep.StopContainer step, PodView view) {
        try {
            var left = step.grace().minus(preStop(step, view));
            bench.runtime().stopContainer(step.id(), left.isNegative() ? Duration.ZERO : left);
        } catch (RuntimeFailure away) {
            // The next look plans it again.
        } finally {
            stopping.remove(step.id());
            ended.run();
        }
    }

    /// @return how long the hook took
    private Duration preStop(PodStep.StopContainer step, PodView view) {
        var spec = view.spec(step.name());
        var hook = spec.map(each -> each.json().at("lifecycle", "preStop")).orElse(Json.NULL);
        if (hook.isNull() || step.grace().isZero()) return Duration.ZERO;
        var begun = bench.clock().instant();
        var ip = view.sandboxes().isEmpty() ? "" : view.sandboxes().getFirst().ip();
        Optional<String> failure = new ProbeAction(bench.runtime(), spec.orElseThrow(), step.id(), ip).run(hook, step.grace());
        failure.ifPresent(words -> bench.events().warning(view.pod(), step.name(), "FailedPreStopHook", "PreStopHook failed: " + words));
        return Duration.between(begun, bench.clock().instant());
    }
}
