package home.oikos.cri;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.node.ProcessStreams;
import home.oikos.node.RuntimeFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/// Runs commands in containers with streams, through containerd's own task service: CRI's streaming server cannot tell a command over
/// WebSocket that its input has ended, and is one more port. Safe for any thread.
final class ContainerProcesses {
    private static final Duration QUICK = Duration.ofSeconds(30);
    /// An open shell may stay for as long as the home runs.
    private static final Duration FOREVER = Duration.ofDays(3_650);
    private static final String PROCESS_TYPE = "types.containerd.io/opencontainers/runtime-spec/1/Process";
    private static final int KILL = 9;

    private final Services services;
    private final Path folder;

    ContainerProcesses(Services services, Path folder) {
        this.services = services;
        this.folder = folder;
    }

    int exec(String containerId, List<String> command, boolean tty, ProcessStreams streams) throws IOException {
        var id = JsonObject.of("container_id", containerId, "exec_id", UUID.randomUUID().toString());
        try (var pipes = ProcessPipes.make(folder.resolve(id.at("exec_id").text("")), streams, tty)) {
            task("Exec", "ExecProcessRequest", id.withAll(pipes.names()).with("terminal", tty).with("spec", process(containerId, command,
                    tty)));
            try {
                return run(id, pipes, streams, tty);
            } finally {
                quietly("Kill", "KillRequest", id.with("signal", KILL));
                quietly("DeleteProcess", "ProcessRequest", id);
            }
        }
    }

    private int run(JsonObject id, ProcessPipes pipes, ProcessStreams streams, boolean tty) throws IOException {
        pipes.open(() -> quietly("CloseIO", "CloseRequest", id.with("stdin", true)));
        task("Start", "ProcessRequest", id);
        var resizing = tty ? Thread.ofVirtual().start(() -> resize(id, streams)) : null;
        try {
            int status = services.call(Services.TASKS + "Wait", "containerd/ProcessRequest", id, "containerd/WaitResponse", FOREVER)
                    .at("exit_status").integer(0);
            pipes.drain();
            return status;
        } finally {
            if (resizing != null) resizing.interrupt();
        }
    }

    private void resize(JsonObject id, ProcessStreams streams) {
        try {
            while (true) {
                var size = streams.sizes().take();
                quietly("ResizePty", "ResizeRequest", id.with("width", size.width()).with("height", size.height()));
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /// The container's own process with other words: same user, rights, environment and folder.
    private JsonObject process(String containerId, List<String> command, boolean tty) {
        var record = services.call(Services.CONTAINERS + "Get", "containerd/GetContainerRequest", JsonObject.of("id", containerId),
                "containerd/GetContainerResponse", QUICK);
        var spec = Json.parse(Base64.getDecoder().decode(record.at("container", "spec", "value").text("")));
        var process = spec.at("process").object().with("args", command).with("terminal", tty);
        if (tty) process = process.with("env", withTerminal(process.at("env").array()));
        return JsonObject.of("type_url", PROCESS_TYPE, "value", Base64.getEncoder().encodeToString(process.bytes()));
    }

    private static JsonArray withTerminal(JsonArray environment) {
        boolean set = environment.stream().anyMatch(variable -> variable.text("").startsWith("TERM="));
        return set ? environment : environment.with(Json.of("TERM=xterm"));
    }

    private void task(String method, String request, JsonObject message) {
        services.call(Services.TASKS + method, "containerd/" + request, message, "containerd/Empty", QUICK);
    }

    private void quietly(String method, String request, JsonObject message) {
        try {
            task(method, request, message);
        } catch (RuntimeFailure gone) {
            // The process has ended: there is nothing left to kill, resize or close.
        }
    }
}
