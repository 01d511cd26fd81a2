package home.oikos.node;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.Timestamps;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Brings one pod to where the API wants it: looks, plans ([PodPlan]), does, reports; again at each wake-up. One virtual thread runs it;
/// [#update], [#vanished] and [#wake] may be called from any. It remembers nothing that a restart of ours would miss, except how soon to
/// try again.
final class PodWorker {
    /// How soon a pod is looked at again though nothing was heard: an event may have been lost, a ConfigMap changed.
    static final Duration RESYNC = Duration.ofSeconds(60);
    /// After the runtime or the API was away.
    private static final Duration RETRY = Duration.ofSeconds(1);
    /// containerd tells of an end before CRI knows of it; how soon after an event the pod is looked at once more, from when on until when.
    private static final List<Duration> ECHOES = List.of(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofMillis(500),
            Duration.ofSeconds(2));
    /// Steps of one wake-up: a plan that never comes to rest is a defect, and must not burn a core.
    private static final int ROUNDS_MAX = 64;

    private final Workbench bench;
    private final PodIdentity identity;
    private final Consumer<PodWorker> finished;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Map<String, Duration> stopping = new ConcurrentHashMap<>();
    private final StartFailures failures = new StartFailures();
    private final PodProbes probes;
    private volatile JsonObject pod;
    private volatile boolean vanished;
    private volatile boolean done;
    private volatile PodView last;
    private volatile Instant heardTime = Instant.MIN;
    private JsonObject reported = JsonObject.EMPTY;

    PodWorker(Workbench bench, JsonObject pod, Consumer<PodWorker> finished) {
        this.bench = bench;
        this.pod = pod;
        this.identity = PodIdentity.of(pod);
        this.finished = finished;
        this.probes = new PodProbes(bench, this::wake);
    }

    PodIdentity identity() {
        return identity;
    }

    PodWorker start() {
        Thread.ofVirtual().name("pod-" + identity.name()).start(this::run);
        wake();
        return this;
    }

    /// The API has another version of the pod.
    void update(JsonObject next) {
        boolean ends = next.at("metadata", "deletionTimestamp").isPresent() && pod.at("metadata", "deletionTimestamp").isNull();
        pod = next;
        wake();
        if (ends) probes.close();
    }

    /// The API has the pod no more: it ends without grace.
    void vanished() {
        vanished = true;
        pod = pod.withAt(Timestamps.time(bench.clock().instant()), "metadata", "deletionTimestamp").withAt(0, "metadata",
                "deletionGracePeriodSeconds");
        wake();
    }

    void wake() {
        wakeUps.release();
    }

    /// Something happened to one of its containers.
    void heard() {
        heardTime = bench.clock().instant();
        wake();
    }

    /// Whether a container or sandbox of this ID is of this pod, as far as the last look saw.
    boolean owns(String id) {
        var view = last;
        return view == null || view.containers().stream().anyMatch(container -> container.id().equals(id))
                || view.sandboxes().stream().anyMatch(room -> room.id().equals(id));
    }

    /// What the last look saw.
    Optional<PodView> view() {
        return Optional.ofNullable(last);
    }

    /// Stops working; the pod goes on.
    void close() {
        done = true;
        probes.close();
        wake();
    }

    private void run() {
        try {
            var next = RESYNC;
            while (!done) {
                if (wakeUps.tryAcquire(next.toMillis(), TimeUnit.MILLISECONDS)) wakeUps.drainPermits();
                if (!done) next = attempt();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return when to look again at the latest
    private Duration attempt() {
        try {
            return runOnce();
        } catch (RuntimeFailure | ApiException | UncheckedIOException | IOException away) {
            return RETRY;
        }
    }

    private Duration runOnce() throws IOException {
        for (int round = 0; round < ROUNDS_MAX && !done; round++) {
            var view = look();
            var plan = PodPlan.of(view);
            var due = due(plan.steps(), view.now());
            report(view);
            if (due.isEmpty()) return rest(plan, view);
            for (var step : due) perform(step, view);
        }
        return RETRY;
    }

    private PodView look() {
        var now = bench.clock().instant();
        var current = pod;
        var containers = bench.runtime().containers(identity.uid());
        var sandboxes = bench.runtime().sandboxes(identity.uid());
        var grace = PodGrace.of(current);
        var ending = stopping.entrySet().stream().filter(entry -> entry.getValue().compareTo(grace) <= 0 || !vanished
                && current.at("metadata",
                "deletionTimestamp").isNull()).map(Map.Entry::getKey).collect(Collectors.toSet());
        var ip = sandboxes.isEmpty() ? "" : sandboxes.getFirst().ip();
        var states = probes.follow(current, containers, ip.isEmpty() ? bench.settings().hostIp() : ip);
        return last = new PodView(current, sandboxes, containers, states, ending, failures.waiting(now), now);
    }

    /// The steps that may be done now: what failed waits for its time.
    private List<PodStep> due(List<PodStep> steps, Instant now) {
        var due = new ArrayList<PodStep>();
        for (var step : steps) {
            var name = switch (step) {
                case PodStep.StartContainer start -> start.name();
                case PodStep.MakeSandbox _ -> "";
                default -> null;
            };
            if (name == null || failures.mayTry(name, now)) due.add(step);
        }
        return due;
    }

    private Duration rest(PodPlan plan, PodView view) {
        if (view.sandbox().isPresent() && !view.isDeleting()) refreshVolumes(view);
        var next = view.now().plus(RESYNC);
        for (var candidate : List.of(plan.lookAgain(), failures.next())) {
            if (candidate.filter(next::isAfter).isPresent()) next = candidate.get();
        }
        for (var echo : ECHOES) {
            var due = heardTime.equals(Instant.MIN) ? Instant.MAX : heardTime.plus(echo);
            if (due.isAfter(view.now()) && due.isBefore(next)) next = due;
        }
        var wait = Duration.between(bench.clock().instant(), next);
        return wait.compareTo(Duration.ofMillis(10)) > 0 ? wait : Duration.ofMillis(10);
    }

    /// ConfigMaps, Secrets and tokens of running containers follow their objects.
    private void refreshVolumes(PodView view) {
        boolean any = view.pod().at("spec", "volumes").array().stream().anyMatch(ProjectedFiles::covers);
        if (!any || view.running().isEmpty()) return;
        try {
            bench.volumes().prepare(start(view).fields(view.sandbox().orElseThrow()));
        } catch (ConfigurationException | IOException | ApiException | UncheckedIOException stale) {
            // The container keeps what it has; the next look tries again.
        }
    }

    private ContainerStart start(PodView view) {
        return new ContainerStart(bench, view, plan());
    }

    private SandboxPlan plan() {
        return new SandboxPlan(pod, bench.settings(), ResolverConfig.ofThisMachine());
    }

    private void perform(PodStep step, PodView view) throws IOException {
        switch (step) {
            case PodStep.MakeSandbox(int attempt) -> makeSandbox(attempt);
            case PodStep.StopSandbox(var id) -> stopSandbox(id, view);
            case PodStep.StartContainer start -> startContainer(start, view);
            case PodStep.StopContainer stop -> stopContainer(stop, view);
            case PodStep.RemoveContainer(var id) -> bench.runtime().removeContainer(id);
            case PodStep.Finish _ -> finish(view);
        }
    }

    private void makeSandbox(int attempt) {
        try {
            bench.runtime().runSandbox(plan().config(attempt));
            failures.succeeded("");
        } catch (RuntimeFailure refused) {
            failures.failed("", new PodView.Waiting("ContainerCreating", ""), true, bench.clock().instant());
            bench.events().warning(pod, "", "FailedCreatePodSandBox", "Failed to create pod sandbox: " + refused.getMessage());
        }
    }

    private void stopSandbox(String id, PodView view) {
        bench.runtime().stopSandbox(id);
        boolean newest = view.sandboxes().getFirst().id().equals(id);
        boolean hasRuns = view.containers().stream().anyMatch(container -> container.sandboxId().equals(id));
        if (!newest && !hasRuns) bench.runtime().removeSandbox(id);
    }

    private void startContainer(PodStep.StartContainer step, PodView view) {
        try {
            var now = look();
            if (now.sandbox().isEmpty() || pod.at("metadata", "deletionTimestamp").isPresent()) return;
            start(now).start(step);
            failures.succeeded(step.name());
        } catch (ContainerStart.Failed failed) {
            failures.failed(step.name(), failed.waiting(), failed.quick(), bench.clock().instant());
        }
    }

    private void stopContainer(PodStep.StopContainer step, PodView view) {
        stopping.put(step.id(), step.grace());
        bench.events().normal(view.pod(), step.name(), "Killing", step.why().equals("Unhealthy")
                ? "Container " + step.name() + " failed a probe, will be restarted" : "Stopping container " + step.name());
        Thread.ofVirtual().name("stop-" + identity.name()).start(() -> stop(step, view));
    }

    private void stop(PodStep.StopContainer step, PodView view) {
        try {
            var left = step.grace().minus(preStop(step, view));
            bench.runtime().stopContainer(step.id(), left.isNegative() ? Duration.ZERO : left);
        } catch (RuntimeFailure away) {
            // The next look plans it again.
        } finally {
            stopping.remove(step.id());
            wake();
        }
    }

    /// @return how long the hook took
    private Duration preStop(PodStep.StopContainer step, PodView view) {
        var spec = view.specs().stream().filter(each -> each.name().equals(step.name())).findFirst();
        var hook = spec.map(each -> each.json().at("lifecycle", "preStop")).orElse(Json.NULL);
        if (hook.isNull() || step.grace().isZero()) return Duration.ZERO;
        var begun = bench.clock().instant();
        var ip = view.sandboxes().isEmpty() ? "" : view.sandboxes().getFirst().ip();
        var failure = hook.at("sleep").isPresent() ? PodProbes.sleep(hook.at("sleep", "seconds").integer(0), step.grace())
                : new ProbeAction(bench.runtime(), spec.orElseThrow(), step.id(), ip).run(hook, step.grace());
        failure.ifPresent(words -> bench.events().warning(view.pod(), step.name(), "FailedPreStopHook", "PreStopHook failed: " + words));
        return Duration.between(begun, bench.clock().instant());
    }

    /// Nothing runs any more: the last status, then everything of the pod on this machine goes, then the object.
    private void finish(PodView view) throws IOException {
        probes.close();
        report(view);
        view.containers().forEach(container -> bench.runtime().removeContainer(container.id()));
        for (var room : view.sandboxes()) {
            bench.runtime().stopSandbox(room.id());
            bench.runtime().removeSandbox(room.id());
        }
        bench.volumes().remove(identity.uid());
        Folders.delete(bench.settings().logs(identity));
        if (!vanished) bench.client().deleteIfPresent(Resources.PODS, identity.key(),
                DeleteOptions.ofUid(identity.uid()).gracePeriodSeconds(0));
        done = true;
        finished.accept(this);
    }

    private void report(PodView view) {
        if (vanished) return;
        var status = new PodStatusPlan(view, bench.settings().hostIp(), container -> LastWords.of(bench.settings(), view,
                container)).status();
        if (status.equals(reported) || covers(view.pod().at("status"), status)) return;
        try {
            bench.client().patchStatus(Resources.PODS, identity.key(), Patch.merge("metadata", JsonObject.of("uid", identity.uid()),
                    "status", status));
            reported = status;
        } catch (ApiException refused) {
            if (refused.code() != 404 && refused.code() != 409 && refused.code() != 422) throw refused;
        }
    }

    /// Whether the API says all this already; a null means absent.
    private static boolean covers(Json known, JsonObject status) {
        return status.members().entrySet().stream()
                .allMatch(member -> withoutNulls(member.getValue()).equals(withoutNulls(known.at(member.getKey()))));
    }

    private static Json withoutNulls(Json value) {
        return switch (value) {
            case JsonObject object -> {
                var kept = JsonObject.EMPTY;
                for (var member : object.members().entrySet()) {
                    if (member.getValue().isPresent()) kept = kept.with(member.getKey(), withoutNulls(member.getValue()));
                }
                yield kept;
            }
            case JsonArray array -> array.map(PodWorker::withoutNulls);
            default -> value;
        };
    }
}
