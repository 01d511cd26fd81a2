package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.Timestamps;
import home.oikos.node.PodView.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The `containerStatuses` and `initContainerStatuses` of a pod. Pure.
/// @param termination reads the last words that a container left in its termination log
record ContainerStatuses(PodView view, Function<Container, String> termination) {
    private static final String RUNTIME = "containerd://";

    /// How often the API was told that a container restarted, when the runtime knows of no run any more (after `down` and `up`); -1 when it
    /// never ran.
    static int restartsTold(Json pod, String name) {
        return told(pod, name).filter(each -> each.at("containerID").isPresent()).map(each -> each.at("restartCount").integer(0)).orElse(-1);
    }

    /// What the API was told of a container the last time.
    private static Optional<JsonObject> told(Json pod, String name) {
        return Stream.of("containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses")
                .flatMap(list -> pod.at("status", list).array().stream()).filter(each -> each.at("name").text("").equals(name))
                .map(Json::object).findFirst();
    }

    JsonArray of(ContainerSpec.Role... roles) {
        var statuses = JsonArray.EMPTY;
        for (var spec : view.specs()) {
            if (List.of(roles).contains(spec.role())) statuses = statuses.with(status(spec));
        }
        return statuses;
    }

    /// A pod that has ended keeps what was told of its containers when the runtime has forgotten them: how they ended must not be lost.
    private JsonObject status(ContainerSpec spec) {
        var latest = view.latest(spec.name());
        if (latest.isPresent() || PodEnd.of(view).isEmpty()) return status(spec, latest);
        return told(view.pod(), spec.name()).orElseGet(() -> status(spec, latest));
    }

    private JsonObject status(ContainerSpec spec, Optional<Container> latest) {
        var before = latest.flatMap(last -> view.containers().stream()
                .filter(run -> run.name().equals(spec.name()) && run.attempt() < last.attempt()).findFirst());
        boolean waits = latest.filter(last -> !waitsToRestart(spec, last)).isEmpty();
        var lastEnd = waits && latest.isPresent() ? latest : before;
        return JsonObject.of("name", spec.name(), "state", waits ? waiting(spec, latest) : state(latest.get()),
                "lastState", lastEnd.filter(Container::hasEnded).map(this::state).orElse(JsonObject.EMPTY),
                "ready", isReady(spec), "restartCount", latest.map(Container::attempt).orElse(0),
                "image", latest.map(Container::image).filter(image -> !image.isEmpty()).orElse(spec.json().at("image").text("")),
                "imageID", latest.map(Container::imageRef).orElse(""),
                "containerID", latest.map(last -> RUNTIME + last.id()).orElse(null), "started", isStarted(spec),
                "allocatedResources", requests(spec, latest), "resources", latest.map(run -> resources(spec, run)).orElse(null));
    }

    private static Json requests(ContainerSpec spec, Optional<Container> latest) {
        var requests = spec.amounts().json().at("requests");
        return latest.isPresent() && requests.isPresent() ? requests : null;
    }

    /// What a container that runs was given; one that does not will have what its spec says.
    private JsonObject resources(ContainerSpec spec, Container run) {
        return (run.isRunning() ? view.given(spec, run) : spec.amounts()).json();
    }

    /// Whether a container that has ended counts as waiting: it will run again.
    private boolean waitsToRestart(ContainerSpec spec, Container last) {
        return last.state() == Container.State.CREATED || last.hasEnded() && !view.isDeleting() && PodEnd.of(view).isEmpty()
                && (spec.restartsAfter(last.exitCode()) && RestartBackOff.next(last) > 1 || view.waiting().containsKey(spec.name()));
    }

    private JsonObject waiting(ContainerSpec spec, Optional<Container> last) {
        var why = view.waiting().getOrDefault(spec.name(), last.filter(Container::hasEnded).map(ended -> crashLoop(spec, ended))
                .orElseGet(() -> new Waiting(beforeInit(spec) ? "PodInitializing" : "ContainerCreating", "")));
        return JsonObject.of("waiting", JsonObject.of("reason", why.reason(), "message", why.message().isEmpty() ? null : why.message()));
    }

    private Waiting crashLoop(ContainerSpec spec, Container ended) {
        var identity = view.identity();
        return new Waiting("CrashLoopBackOff", "back-off %s restarting failed container=%s pod=%s_%s(%s)".formatted(
                text(RestartBackOff.wait(RestartBackOff.next(ended)).toSeconds()), spec.name(), identity.name(), identity.namespace(),
                identity.uid()));
    }

    private static String text(long seconds) {
        return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
    }

    private boolean beforeInit(ContainerSpec spec) {
        return spec.role() == ContainerSpec.Role.MAIN && view.specs().stream().anyMatch(ContainerSpec::isInit);
    }

    private JsonObject state(Container run) {
        return switch (run.state()) {
            case CREATED -> JsonObject.of("waiting", JsonObject.of("reason", "ContainerCreating"));
            case RUNNING -> JsonObject.of("running", JsonObject.of("startedAt", time(run.startedTime().orElse(run.createdTime()))));
            case EXITED, UNKNOWN -> JsonObject.of("terminated", terminated(run));
        };
    }

    private JsonObject terminated(Container run) {
        var message = run.message().isEmpty() ? termination.apply(run) : run.message();
        var reason = run.reason().isEmpty() ? run.exitCode() == 0 ? "Completed" : "Error" : run.reason();
        return JsonObject.of("exitCode", run.state() == Container.State.UNKNOWN ? 137 : run.exitCode(), "reason", reason,
                "message", message.isEmpty() ? null : message, "startedAt", run.startedTime().map(ContainerStatuses::time).orElse(null),
                "finishedAt", run.finishedTime().map(ContainerStatuses::time).orElse(null), "containerID", RUNTIME + run.id());
    }

    private static String time(Instant instant) {
        return Timestamps.time(instant);
    }

    boolean isReady(ContainerSpec spec) {
        var current = view.current(spec.name());
        if (spec.isInit()) return current.filter(run -> run.hasEnded() && run.exitCode() == 0).isPresent();
        return current.filter(run -> run.isRunning() && view.probe(run).started() && view.probe(run).ready()).isPresent();
    }

    private boolean isStarted(ContainerSpec spec) {
        return view.current(spec.name()).filter(run -> run.isRunning() && view.probe(run).started()).isPresent();
    }
}
