package home.oikos.node;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.Timestamps;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

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
    private final StartFailures failures = new StartFailures();
    private final ContainerStops stops;
    private final PodResizes resizes;
    private final PodActions actions;
    private final PodReport report;
    private final PodProbes probes;
    private volatile JsonObject pod;
    private volatile boolean vanished;
    private volatile boolean done;
    private volatile PodView last;
    private volatile Instant heardTime = Instant.MIN;
    private volatile PodVerdict evicted;

    PodWorker(Workbench bench, JsonObject pod, Consumer<PodWorker> finished) {
        this.bench = bench;
        this.pod = pod;
        this.identity = PodIdentity.of(pod);
        this.finished = finished;
        this.stops = new ContainerStops(bench, this::wake);
        this.resizes = new PodResizes(bench, identity);
        this.actions = new PodActions(bench, failures, stops, resizes, this::look);
        this.report = new PodReport(bench, identity);
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

    /// The machine cannot keep the pod: it ends as failed, with its grace.
    void evict(PodVerdict why) {
        evicted = why;
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
            for (var step : due) {
                if (step instanceof PodStep.Finish) finish(view);
                else actions.perform(step, view);
            }
        }
        return RETRY;
    }

    private PodView look() {
        var now = bench.clock().instant();
        var containers = bench.runtime().containers(identity.uid());
        var current = resizes.granted(pod, containers);
        var sandboxes = bench.runtime().sandboxes(identity.uid());
        var ip = sandboxes.isEmpty() ? "" : sandboxes.getFirst().ip();
        var states = probes.follow(current, containers, ip.isEmpty() ? bench.settings().hostIp() : ip);
        var verdict = Optional.ofNullable(evicted).or(() -> PodVerdict.ofTime(current, now));
        last = new PodView(current, sandboxes, containers, states, ending(current), failures.waiting(now),
                resizes.now(current, containers, now), verdict, now);
        resizes.follow(last);
        return last;
    }

    /// A pod that is deleted again, with less grace, has its containers ended again.
    private Set<String> ending(Json current) {
        return vanished || current.at("metadata", "deletionTimestamp").isPresent() ? stops.within(PodGrace.of(current)) : stops.all();
    }

    /// The steps that may be done now: what failed waits for its time.
    private List<PodStep> due(List<PodStep> steps, Instant now) {
        var due = new ArrayList<PodStep>();
        for (var step : steps) {
            boolean may = switch (step) {
                case PodStep.StartContainer start -> failures.mayTry(start.name(), now);
                case PodStep.MakeSandbox _ -> failures.mayTry("", now);
                case PodStep.ResizeContainer resize -> resizes.mayTry(resize.id(), now);
                default -> true;
            };
            if (may) due.add(step);
        }
        return due;
    }

    private Duration rest(PodPlan plan, PodView view) {
        if (view.sandbox().isPresent() && !view.isDeleting()) refreshVolumes(view);
        var next = view.now().plus(RESYNC);
        for (var candidate : List.of(plan.lookAgain(), failures.next(), resizes.next(view.now()))) {
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
            bench.volumes().prepare(actions.start(view).fields(view.sandbox().orElseThrow()));
        } catch (ConfigurationException | IOException | ApiException | UncheckedIOException stale) {
            // The container keeps what it has; the next look tries again.
        }
    }

    /// Nothing runs any more: the last status, then everything of the pod on this machine goes, then the object.
    private void finish(PodView view) throws IOException {
        probes.close();
        report(view);
        actions.perform(new PodStep.Finish(), view);
        if (!vanished) bench.client().deleteIfPresent(Resources.PODS, identity.key(),
                DeleteOptions.ofUid(identity.uid()).gracePeriodSeconds(0));
        done = true;
        finished.accept(this);
    }

    private void report(PodView view) {
        if (!vanished) report.tell(view);
    }
}
