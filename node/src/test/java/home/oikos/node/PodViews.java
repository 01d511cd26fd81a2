package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Builds what is known of a pod, for tests of plans.
final class PodViews {
    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private JsonObject pod;
    private final List<Sandbox> sandboxes = new ArrayList<>();
    private final List<Container> containers = new ArrayList<>();
    private final Map<String, ProbeState> probes = new HashMap<>();
    private final Set<String> stopping = new HashSet<>();
    private final Map<String, PodView.Waiting> waiting = new HashMap<>();

    private Resizes resizes = Resizes.NONE;
    private PodVerdict verdict;

    private PodViews(JsonObject pod) {
        this.pod = pod;
    }

    /// @param spec JSON with single quotes
    static PodViews of(String spec) {
        var metadata = JsonObject.of("namespace", "home", "name", "web", "uid", "u1");
        return new PodViews(JsonObject.of("metadata", metadata, "spec", Json.parse(spec.replace('\'', '"'))));
    }

    PodViews named(String name) {
        pod = pod.withAt(name, "metadata", "name").withAt(name, "metadata", "uid");
        return this;
    }

    PodViews generation(long generation) {
        pod = pod.withAt(generation, "metadata", "generation");
        return this;
    }

    PodViews deleting() {
        pod = pod.withAt("2026-11-24T11:59:59Z", "metadata", "deletionTimestamp").withAt(7, "metadata", "deletionGracePeriodSeconds");
        return this;
    }

    PodViews status(String status) {
        pod = pod.with("status", Json.parse(status.replace('\'', '"')));
        return this;
    }

    PodViews room(int attempt, boolean ready) {
        sandboxes.addFirst(new Sandbox("room" + attempt, "u1", "home", "web", attempt, ready, NOW.minusSeconds(100 - attempt),
                "10.70.4.2"));
        return this;
    }

    PodViews running(String name, int attempt) {
        return run(name, attempt, Container.State.RUNNING, 0, Duration.ofSeconds(60), 0);
    }

    PodViews ended(String name, int attempt, int exitCode) {
        return run(name, attempt, Container.State.EXITED, exitCode, Duration.ofSeconds(1), 0);
    }

    /// A run in the newest room that ended a second ago, if it has ended.
    PodViews run(String name, int attempt, Container.State state, int exitCode, Duration ran, int restartsInARow) {
        boolean ended = state == Container.State.EXITED;
        var finished = NOW.minusSeconds(1);
        containers.addFirst(new Container(name + attempt, sandboxes.isEmpty() ? "room" : sandboxes.getFirst().id(), name, attempt, state,
                finished.minus(ran), state == Container.State.CREATED ? Optional.empty() : Optional.of(finished.minus(ran)),
                ended ? Optional.of(finished) : Optional.empty(), exitCode, "", "", "busybox", "sha256:1", Map.of(),
                Map.of(RestartBackOff.ANNOTATION, Integer.toString(restartsInARow))));
        return this;
    }

    PodViews probe(String id, ProbeState state) {
        probes.put(id, state);
        return this;
    }

    PodViews stopping(String id) {
        stopping.add(id);
        return this;
    }

    PodViews waiting(String name, String reason) {
        waiting.put(name, new PodView.Waiting(reason, reason + " in words"));
        return this;
    }

    PodViews resizes(Resizes resizes) {
        this.resizes = resizes;
        return this;
    }

    PodViews verdict(PodVerdict verdict) {
        this.verdict = verdict;
        return this;
    }

    PodView view() {
        return new PodView(pod, sandboxes, containers, probes, stopping, waiting, resizes, Optional.ofNullable(verdict), NOW);
    }

    PodPlan plan() {
        return PodPlan.of(view());
    }
}
