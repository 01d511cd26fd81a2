package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.Timestamps;
import home.oikos.node.ContainerSpec.Role;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The `status` of a pod, of what is known of it. Pure.
/// @param hostIp the node's address
/// @param termination reads the last words that a container left in its termination log
record PodStatusPlan(PodView view, String hostIp, Function<Container, String> termination) {
    private static final List<String> OURS = List.of("PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady",
            "PodScheduled", "PodResizePending", "PodResizeInProgress");

    /// The whole status, with what others wrote into its conditions.
    JsonObject status() {
        var before = view.pod().at("status");
        var containers = new ContainerStatuses(view, termination);
        var ip = podIp();
        var ips = ip.isEmpty() ? null : List.of(JsonObject.of("ip", ip));
        var init = containers.of(Role.INIT, Role.SIDECAR);
        var ephemeral = containers.of(Role.EPHEMERAL);
        return JsonObject.of("observedGeneration", generation(), "phase", phase(), "reason", view.verdict().map(PodVerdict::reason).orElse(null),
                "message", view.verdict().map(PodVerdict::message).orElse(null), "conditions", conditions(containers), "hostIP", hostIp,
                "hostIPs", List.of(JsonObject.of("ip", hostIp)), "podIP", ip.isEmpty() ? null : ip, "podIPs", ips,
                "startTime", before.at("startTime").isPresent() ? before.at("startTime") : Timestamps.time(view.now()),
                "initContainerStatuses", init.isEmpty() ? null : init, "containerStatuses", containers.of(Role.MAIN),
                "ephemeralContainerStatuses", ephemeral.isEmpty() ? null : ephemeral,
                "qosClass", QosClass.of(view.pod()).text());
    }

    /// The generation that all this is said of.
    private Json generation() {
        var generation = view.pod().at("metadata", "generation");
        return generation.isPresent() ? generation : null;
    }

    private String podIp() {
        if (view.pod().at("spec", "hostNetwork").bool(false)) return hostIp;
        return view.sandboxes().stream().findFirst().map(Sandbox::ip).filter(ip -> !ip.isEmpty())
                .orElse(PodEnd.of(view).isPresent() ? view.pod().at("status", "podIP").text("") : "");
    }

    String phase() {
        var end = PodEnd.of(view);
        if (end.isPresent()) return end.get().phase();
        boolean started = view.specs().stream().filter(spec -> spec.role() == Role.MAIN)
                .allMatch(spec -> view.latest(spec.name()).filter(run -> run.startedTime().isPresent() || run.hasEnded()).isPresent());
        return started ? "Running" : "Pending";
    }

    private JsonArray conditions(ContainerStatuses containers) {
        var ended = PodEnd.of(view);
        var unready = view.specs().stream().filter(spec -> spec.countsAsReady() && !containers.isReady(spec))
                .map(ContainerSpec::name).toList();
        var initializing = view.specs().stream().filter(spec -> spec.isInit()
                && !containers.isReady(spec)).map(ContainerSpec::name).toList();
        var conditions = ended.isPresent() ? others() : withResizes(others());
        conditions = conditions.with(condition("PodReadyToStartContainers", view.sandbox().isPresent(), "", ""));
        conditions = conditions.with(initializing.isEmpty() || mainStarted() ? condition("Initialized", true, done(ended.isPresent()), "")
                : condition("Initialized", false, "ContainersNotInitialized", "containers with incomplete status: " + list(initializing)));
        conditions = conditions.with(ready("Ready", ended.isPresent(), unready, gate()));
        conditions = conditions.with(ready("ContainersReady", ended.isPresent(), unready, ""));
        return conditions.with(condition("PodScheduled", true, "", ""));
    }

    private JsonArray withResizes(JsonArray others) {
        var conditions = others;
        var pending = view.resizes().pending();
        if (pending.isPresent()) {
            conditions = conditions.with(condition("PodResizePending", true, pending.get().reason(), pending.get().message()));
        }
        var failure = view.resizes().failure();
        return !view.isResizing() ? conditions : conditions.with(condition("PodResizeInProgress", true,
                failure.isPresent() ? "Error" : "", failure.orElse("")));
    }

    private boolean mainStarted() {
        return view.specs().stream().anyMatch(spec -> spec.role() == Role.MAIN && view.latest(spec.name()).isPresent());
    }

    private static String done(boolean ended) {
        return ended ? "PodCompleted" : "";
    }

    private Json ready(String type, boolean ended, List<String> unready, String gate) {
        if (ended) return condition(type, false, "PodCompleted", "");
        if (!unready.isEmpty()) return condition(type, false, "ContainersNotReady", "containers with unready status: " + list(unready));
        return gate.isEmpty() ? condition(type, true, "", "") : condition(type, false, "ReadinessGatesNotReady", gate);
    }

    /// What readiness gates still wait for, or empty.
    private String gate() {
        for (var gate : view.pod().at("spec", "readinessGates").array()) {
            var type = gate.at("conditionType").text("");
            if (!isTrue(type)) return "corresponding condition of pod readiness gate \"" + type + "\" does not exist or is not true.";
        }
        return "";
    }

    private boolean isTrue(String type) {
        return existing(type).at("status").text("").equals("True");
    }

    private JsonArray others() {
        return new JsonArray(view.pod().at("status", "conditions").array().stream()
                .filter(condition -> !OURS.contains(condition.at("type").text(""))).toList());
    }

    private Json existing(String type) {
        return view.pod().at("status", "conditions").array().stream().filter(condition -> condition.at("type").text("").equals(type))
                .findFirst().orElse(Json.NULL);
    }

    /// A condition keeps the time of its last change.
    private JsonObject condition(String type, boolean holds, String reason, String message) {
        var before = existing(type);
        var status = holds ? "True" : "False";
        var since = before.at("status").text("").equals(status) ? before.at("lastTransitionTime") : Json.NULL;
        return JsonObject.of("type", type, "status", status, "observedGeneration", generation(), "reason", reason.isEmpty() ? null : reason,
                "message", message.isEmpty() ? null : message, "lastProbeTime", Json.NULL,
                "lastTransitionTime", since.isPresent() ? since : Timestamps.time(view.now()));
    }

    private static String list(List<String> names) {
        return names.stream().collect(Collectors.joining(" ", "[", "]"));
    }
}
