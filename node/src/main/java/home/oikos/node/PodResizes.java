package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.node.PodStep.ResizeContainer;
import home.oikos.node.Resizes.Pending;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Changes what the containers of a pod may have of the machine while they run. What the API asks for is granted when the machine has it;
/// until then the pod is looked at as if nothing else was asked for. What a run was given stands in its annotations and, once changed, in
/// the pod's [ResizeRecord], so that our own restart gives nothing twice. One worker's thread.
final class PodResizes {
    /// How soon somebody else may have left what is wanted.
    private static final Duration DEFERRED_PERIOD = Duration.ofSeconds(10);

    private final Workbench bench;
    private final ResizeRecord record;
    private final Map<String, Amounts> granted = new HashMap<>();
    private StartFailures failures = new StartFailures();
    private Optional<Pending> pending = Optional.empty();
    private boolean begun;

    PodResizes(Workbench bench, PodIdentity identity) {
        this.bench = bench;
        this.record = new ResizeRecord(bench.settings().folders(identity.uid()).resizes());
    }

    /// Decides on what the pod asks for.
    /// @return the pod with what it is granted in place of that
    JsonObject granted(JsonObject pod, List<Container> runs) {
        var before = asGranted(pod, runs);
        var others = bench.pods().get().stream().filter(view -> !view.identity().equals(PodIdentity.of(pod))).toList();
        var obstacle = before == pod ? Optional.<Pending>empty() : obstacle(pod, others);
        if (obstacle.isPresent() && !obstacle.equals(pending)) tell(pod, obstacle.get());
        pending = obstacle;
        if (obstacle.isPresent() || before == pod) return before;
        for (var spec : ContainerSpec.all(pod)) granted.put(spec.name(), spec.amounts());
        failures = new StartFailures();
        begun = true;
        bench.events().normal(pod, "", "ResizeStarted", "Pod resize started: " + summary(pod));
        return pod;
    }

    private Optional<Pending> obstacle(JsonObject pod, Collection<PodView> others) {
        return new ResizeVerdict(bench.machine().allocatable(), others).of(pod);
    }

    /// The pod as it was granted before; the same object when that is what it asks for. What never ran may have what it asks for.
    private JsonObject asGranted(JsonObject pod, List<Container> runs) {
        var kept = pod;
        for (var spec : ContainerSpec.all(pod)) {
            var latest = runs.stream().filter(run -> run.name().equals(spec.name())).findFirst();
            if (latest.isEmpty()) granted.put(spec.name(), spec.amounts());
            else granted.computeIfAbsent(spec.name(), _ -> given(pod, latest.get()));
            if (!spec.amounts().sameAs(granted.get(spec.name()))) kept = with(kept, spec.name());
        }
        return kept;
    }

    private JsonObject with(JsonObject pod, String name) {
        var changed = pod;
        for (var list : List.of("initContainers", "containers")) {
            var containers = changed.at("spec", list);
            if (containers.isNull()) continue;
            JsonArray replaced = containers.array().map(container -> container.at("name").text("").equals(name)
                    ? container.object().with("resources", granted.get(name).json()) : container);
            changed = changed.withAt(replaced, "spec", list);
        }
        return changed;
    }

    /// What a run was last given: as recorded, as it was made; of one from before we wrote that, what the API was told, or else what its
    /// spec says.
    private Amounts given(JsonObject pod, Container run) {
        return record.given(run.id()).or(() -> Optional.ofNullable(run.annotations().get(ContainerPlan.RESOURCES)).map(Json::parse)
                        .map(Amounts::of)).or(() -> told(pod, run))
                .or(() -> ContainerSpec.all(pod).stream().filter(spec -> spec.name().equals(run.name())).findFirst()
                        .map(ContainerSpec::amounts)).orElse(Amounts.of(Json.NULL));
    }

    private static Optional<Amounts> told(JsonObject pod, Container run) {
        return Stream.of("containerStatuses", "initContainerStatuses").flatMap(list -> pod.at("status", list).array().stream())
                .filter(status -> status.at("containerID").text("").endsWith(run.id()) && status.at("resources").isPresent())
                .findFirst().map(status -> Amounts.of(status.at("resources")));
    }

    /// How things stand.
    Resizes now(JsonObject pod, List<Container> runs, Instant now) {
        var given = new HashMap<String, Amounts>();
        for (var run : runs) given.put(run.id(), given(pod, run));
        var failure = failures.waiting(now).values().stream().map(PodView.Waiting::message).findFirst();
        return new Resizes(given, record.restarting(), pending, failure);
    }

    /// Tells when all that was granted has been given.
    void follow(PodView view) {
        if (!begun || view.isResizing()) return;
        begun = false;
        bench.events().normal(view.pod(), "", "ResizeCompleted", "Pod resize completed: " + summary(view.pod()));
    }

    boolean mayTry(String containerId, Instant now) {
        return failures.mayTry(containerId, now);
    }

    /// When something becomes due without any event.
    Optional<Instant> next(Instant now) {
        return pending.filter(why -> why.reason().equals(Pending.DEFERRED)).map(_ -> now.plus(DEFERRED_PERIOD)).or(failures::next);
    }

    /// Gives a container that runs what its pod was granted.
    void perform(ResizeContainer step, PodView view) throws IOException {
        var wanted = view.spec(step.name()).orElseThrow().amounts();
        try {
            refuseBelowUsage(step, wanted.memoryLimitBytes(), view.resizes().given().get(step.id()));
            bench.runtime().updateContainer(step.id(), wanted.forRuntime(QosClass.of(view.pod()), bench.machine().memoryBytes()));
            failures.succeeded(step.id());
            record.give(step.id(), wanted, view.containers());
        } catch (RuntimeFailure refused) {
            if (refused.isUnavailable()) throw refused;
            failures.failed(step.id(), new PodView.Waiting("Error", refused.getMessage()), false, bench.clock().instant());
            bench.events().warning(view.pod(), "", "ResizeError", "Pod resize error: " + summary(view.pod()).with("error",
                    refused.getMessage()));
        }
    }

    /// A limit below what is in use would have the kernel end the container.
    private void refuseBelowUsage(ResizeContainer step, long limitBytes, Amounts before) {
        long limitBefore = before.memoryLimitBytes();
        if (limitBytes == 0 || limitBefore != 0 && limitBytes >= limitBefore) return;
        var usage = bench.runtime().usage().get(step.id());
        if (usage != null && usage.memoryBytes() >= limitBytes) throw new RuntimeFailure(RuntimeFailure.Kind.OTHER,
                "cannot decrease memory limits: attempting to set container \"%s\" memory limit (%d) below current usage (%d)".formatted(
                        step.name(), limitBytes, usage.memoryBytes()));
    }

    /// A run is being ended so that its successor has other amounts: it runs again however it ends.
    void restarting(String containerId, PodView view) throws IOException {
        record.restart(containerId, view.containers());
    }

    private void tell(Json pod, Pending why) {
        bench.events().warning(pod, "", "Resize" + why.reason(), "Pod resize " + why.reason() + ": "
                + summary(pod).with("error", why.message()));
    }

    private static JsonObject summary(Json pod) {
        var summary = JsonObject.EMPTY;
        for (var list : List.of("initContainers", "containers")) {
            var all = pod.at("spec", list).array().map(container -> JsonObject.of("name", container.at("name"), "resources",
                    Amounts.of(container.at("resources")).json()));
            if (!all.isEmpty()) summary = summary.with(list, all);
        }
        return summary.with("generation", pod.at("metadata", "generation"));
    }
}
