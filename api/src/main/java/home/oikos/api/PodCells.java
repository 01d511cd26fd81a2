package home.oikos.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The row of a Pod. Its status is the most telling of phase, container states and deletion.
final class PodCells {
    private final TableCells pod;
    private int ready;
    private int total;
    private long restarts;
    private Optional<Instant> lastRestart = Optional.empty();
    private String reason;

    private PodCells(TableCells pod) {
        this.pod = pod;
        this.total = pod.spec("containers").array().size() + (int) sidecars();
        this.reason = TableCells.or(pod.status("reason"), pod.status("phase").text(""));
        if (TableCells.condition(pod.status("conditions"),
                "PodScheduled").at("reason").text("").equals("SchedulingGated")) reason = "SchedulingGated";
        boolean initializing = initContainers();
        if (!initializing || TableCells.holds(pod.status("conditions"), "Initialized")) containers();
        if (pod.isDeleting()) deleting();
    }

    static List<Object> of(TableCells pod) {
        var cells = new PodCells(pod);
        return List.of(pod.name(), cells.ready + "/" + cells.total, cells.reason, cells.restartText(), pod.age(),
                TableCells.orNone(pod.status("podIPs").at(0).at("ip")), TableCells.orNone(pod.spec("nodeName")),
                TableCells.orNone(pod.status("nominatedNodeName")), gates(pod));
    }

    private long sidecars() {
        return pod.spec("initContainers").array().stream().filter(PodCells::isSidecar).count();
    }

    private static boolean isSidecar(Json container) {
        return container.at("restartPolicy").text("").equals("Always");
    }

    private boolean isSidecarNamed(String name) {
        return pod.spec("initContainers").array().stream().anyMatch(c -> c.at("name").text("").equals(name) && isSidecar(c));
    }

    /// True while one of them is not through.
    private boolean initContainers() {
        int index = 0;
        for (var status : pod.status("initContainerStatuses").array()) {
            restarted(status);
            var terminated = status.at("state", "terminated");
            boolean sidecar = isSidecarNamed(status.at("name").text(""));
            if (terminated.isPresent() && terminated.at("exitCode").integer(0) == 0) index++;
            else if (sidecar && status.at("started").bool(false)) {
                if (status.at("ready").bool(false)) ready++;
                index++;
            } else {
                reason = initReason(status, index);
                return true;
            }
        }
        return false;
    }

    private String initReason(Json status, int index) {
        var terminated = status.at("state", "terminated");
        if (terminated.isPresent()) return "Init:" + ended(terminated);
        var waiting = status.at("state", "waiting", "reason").text("");
        if (!waiting.isEmpty() && !waiting.equals("PodInitializing")) return "Init:" + waiting;
        return "Init:" + index + "/" + pod.spec("initContainers").array().size();
    }

    private static String ended(Json terminated) {
        var reason = terminated.at("reason").text("");
        if (!reason.isEmpty()) return reason;
        int signal = terminated.at("signal").integer(0);
        return signal != 0 ? "Signal:" + signal : "ExitCode:" + terminated.at("exitCode").integer(0);
    }

    private void containers() {
        restarts = 0;
        lastRestart = Optional.empty();
        for (var status : pod.status("initContainerStatuses").array()) if (isSidecarNamed(status.at("name").text(""))) restarted(status);
        boolean running = false;
        for (var status : pod.status("containerStatuses").array().elements().reversed()) {
            restarted(status);
            var state = status.at("state");
            var waiting = state.at("waiting", "reason").text("");
            if (!waiting.isEmpty()) reason = waiting;
            else if (state.at("terminated").isPresent()) reason = ended(state.at("terminated"));
            else if (status.at("ready").bool(false) && state.at("running").isPresent()) {
                running = true;
                ready++;
            }
        }
        if (reason.equals("Completed") && running) reason = TableCells.holds(pod.status("conditions"), "Ready") ? "Running" : "NotReady";
    }

    private void restarted(Json status) {
        restarts += status.at("restartCount").integer(0);
        var at = Timestamps.parse(status.at("lastState", "terminated", "finishedAt").text(""));
        if (at.isPresent() && (lastRestart.isEmpty() || lastRestart.get().isBefore(at.get()))) lastRestart = at;
    }

    private void deleting() {
        var phase = pod.status("phase").text("");
        if (pod.status("reason").text("").equals("NodeLost")) reason = "Unknown";
        else if (!phase.equals("Succeeded") && !phase.equals("Failed")) reason = "Terminating";
    }

    private String restartText() {
        if (restarts == 0 || lastRestart.isEmpty()) return Long.toString(restarts);
        return restarts + " (" + Ages.human(java.time.Duration.between(lastRestart.get(), pod.now())) + " ago)";
    }

    private static String gates(TableCells pod) {
        var gates = pod.spec("readinessGates").array();
        if (gates.isEmpty()) return TableCells.NONE;
        return gates.stream().filter(gate -> TableCells.holds(pod.status("conditions"), gate.at("conditionType").text(""))).count() + "/"
                + gates.size();
    }
}
