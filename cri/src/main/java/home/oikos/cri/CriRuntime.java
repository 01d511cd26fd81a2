package home.oikos.cri;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.host.NetworkSpace;
import home.oikos.node.Container;
import home.oikos.node.ContainerRuntime;
import home.oikos.node.Image;
import home.oikos.node.PodConnection;
import home.oikos.node.ProcessStreams;
import home.oikos.node.RuntimeFailure;
import home.oikos.node.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The container runtime over containerd's socket. Safe for any thread.
public final class CriRuntime implements ContainerRuntime {
    /// Reads and small changes: far longer than any takes on an SD card, short enough that a stuck containerd is noticed.
    private static final Duration QUICK = Duration.ofSeconds(30);
    /// Making a sandbox or starting a container while the machine starts everything at once.
    private static final Duration SLOW = Duration.ofMinutes(4);
    /// A large image over a slow line.
    private static final Duration PULL = Duration.ofHours(1);
    private static final String POD_UID = "io.kubernetes.pod.uid";
    private static final String CONTAINER_NAME = "io.kubernetes.container.name";

    private final Services services;
    private final ContainerProcesses processes;
    private final AttachSession attach;

    /// @param runDir where streams of commands in containers may have their pipes
    public CriRuntime(Path socket, Path runDir) {
        services = new Services(socket);
        processes = new ContainerProcesses(services, runDir.resolve("exec"));
        attach = new AttachSession(services);
    }

    @Override
    public String version() {
        var version = runtime("Version", "Empty", JsonObject.EMPTY, "VersionResponse", QUICK);
        return version.at("runtime_name").text("containerd") + "://" + version.at("runtime_version").text("").replaceFirst("~.*", "");
    }

    @Override
    public Optional<String> trouble() {
        try {
            return runtime("Status", "Empty", JsonObject.EMPTY, "StatusResponse", QUICK).at("status", "conditions").array().stream()
                    .filter(condition -> !condition.at("status").bool(false))
                    .map(condition -> condition.at("type").text("") + ": " + condition.at("message").text("")).findFirst();
        } catch (RuntimeFailure away) {
            return Optional.of(away.getMessage());
        }
    }

    @Override
    public String runSandbox(JsonObject config) {
        return runtime("RunPodSandbox", "RunSandboxRequest", JsonObject.of("config", config), "SandboxId",
                SLOW).at("pod_sandbox_id").text("");
    }

    @Override
    public void stopSandbox(String sandboxId) {
        tolerant(() -> runtime("StopPodSandbox", "SandboxId", sandbox(sandboxId), "Empty", SLOW));
    }

    @Override
    public void removeSandbox(String sandboxId) {
        tolerant(() -> runtime("RemovePodSandbox", "SandboxId", sandbox(sandboxId), "Empty", SLOW));
    }

    @Override
    public List<Sandbox> sandboxes(String podUid) {
        return list(JsonObject.of("filter", JsonObject.of("label_selector", JsonObject.of(POD_UID, podUid))))
                .map(item -> CriReader.sandbox(item, address(item.at("id").text(""))))
                .sorted(Comparator.comparing(Sandbox::createdTime).reversed()).toList();
    }

    @Override
    public List<Sandbox> allSandboxes() {
        return list(JsonObject.EMPTY).map(item -> CriReader.sandbox(item, "")).toList();
    }

    private Stream<Json> list(JsonObject request) {
        return runtime("ListPodSandbox", "ListSandboxesRequest", request, "ListSandboxesResponse", QUICK).at("items").array().stream();
    }

    private String address(String sandboxId) {
        try {
            return sandboxStatus(sandboxId, false).at("status", "network", "ip").text("");
        } catch (RuntimeFailure gone) {
            if (gone.isNotFound()) return "";
            throw gone;
        }
    }

    private JsonObject sandboxStatus(String sandboxId, boolean verbose) {
        return runtime("PodSandboxStatus", "SandboxId", sandbox(sandboxId).with("verbose", verbose), "SandboxStatusResponse", QUICK);
    }

    @Override
    public String createContainer(String sandboxId, JsonObject config, JsonObject sandboxConfig) {
        var request = JsonObject.of("pod_sandbox_id", sandboxId, "config", config, "sandbox_config", sandboxConfig);
        return runtime("CreateContainer", "CreateContainerRequest", request, "ContainerId", SLOW).at("container_id").text("");
    }

    @Override
    public void startContainer(String containerId) {
        runtime("StartContainer", "ContainerId", container(containerId), "Empty", SLOW);
    }

    @Override
    public void stopContainer(String containerId, Duration grace) {
        tolerant(() -> runtime("StopContainer", "StopContainerRequest", container(containerId).with("timeout", grace.toSeconds()), "Empty",
                grace.plus(SLOW)));
    }

    @Override
    public void updateContainer(String containerId, JsonObject resources) {
        runtime("UpdateContainerResources", "UpdateContainerRequest", container(containerId).with("linux", resources), "Empty", QUICK);
    }

    @Override
    public void removeContainer(String containerId) {
        tolerant(() -> runtime("RemoveContainer", "ContainerId", container(containerId), "Empty", SLOW));
    }

    @Override
    public List<Container> containers(String podUid) {
        var filter = JsonObject.of("filter", JsonObject.of("label_selector", JsonObject.of(POD_UID, podUid)));
        var listed = runtime("ListContainers", "ListContainersRequest", filter, "ListContainersResponse", QUICK).at("containers").array();
        var found = new ArrayList<Container>();
        for (var item : listed) status(item.at("id").text(""), item.at("pod_sandbox_id").text("")).ifPresent(found::add);
        found.sort(Comparator.comparingInt(Container::attempt).thenComparing(Container::createdTime).reversed());
        return found;
    }

    private Optional<Container> status(String id, String sandboxId) {
        try {
            var answer = runtime("ContainerStatus", "ContainerStatusRequest", container(id), "ContainerStatusResponse", QUICK);
            return Optional.of(CriReader.container(answer.at("status"), sandboxId));
        } catch (RuntimeFailure gone) {
            if (gone.isNotFound()) return Optional.empty();
            throw gone;
        }
    }

    @Override
    public void reopenLog(String containerId) {
        runtime("ReopenContainerLog", "ContainerId", container(containerId), "Empty", QUICK);
    }

    @Override
    public ExecResult execSync(String containerId, List<String> command, Duration timeout) {
        var request = container(containerId).with("cmd", command).with("timeout", Math.max(1, timeout.toSeconds()));
        var answer = runtime("ExecSync", "ExecSyncRequest", request, "ExecSyncResponse", timeout.plus(QUICK));
        return new ExecResult(answer.at("exit_code").integer(0), bytes(answer.at("stdout")), bytes(answer.at("stderr")));
    }

    private static byte[] bytes(Json base64) {
        return Base64.getDecoder().decode(base64.text(""));
    }

    @Override
    public int exec(String containerId, List<String> command, boolean tty, ProcessStreams streams) throws IOException {
        return processes.exec(containerId, command, tty, streams);
    }

    @Override
    public void attach(String containerId, boolean tty, ProcessStreams streams) throws IOException {
        attach.join(containerId, tty, streams);
    }

    @Override
    public PodConnection dial(String sandboxId, int port) throws IOException {
        var inside = sandboxStatus(sandboxId, true).at("info", "info").text().map(Json::parse).orElse(Json.NULL);
        return new SocketConnection(NetworkSpace.ofProcess(inside.at("pid").integer(0L)).connect("127.0.0.1", port));
    }

    @Override
    public Optional<Image> image(String name) {
        var answer = image("ImageStatus", "ImageRequest", spec(name), "ImageResponse", QUICK).at("image");
        return answer.at("id").text().isEmpty() ? Optional.empty() : Optional.of(CriReader.image(answer));
    }

    @Override
    public List<Image> images() {
        return image("ListImages", "ListImagesRequest", JsonObject.EMPTY, "ListImagesResponse", QUICK).at("images").array().stream()
                .map(CriReader::image).toList();
    }

    @Override
    public String pullImage(String name, Optional<RegistryLogin> login) {
        var auth = login.map(known -> JsonObject.of("username", known.user(), "password", known.password())).orElse(null);
        return image("PullImage", "PullImageRequest", spec(name).withAll(JsonObject.of("auth", auth)), "PullImageResponse", PULL)
                .at("image_ref").text("");
    }

    @Override
    public void removeImage(String name) {
        tolerant(() -> image("RemoveImage", "ImageRequest", spec(name), "Empty", QUICK));
    }

    @Override
    public Map<String, Usage> usage() {
        var usage = new LinkedHashMap<String, Usage>();
        for (var stats : runtime("ListContainerStats", "Empty", JsonObject.EMPTY, "ListStatsResponse", QUICK).at("stats").array()) {
            var labels = stats.at("attributes", "labels");
            usage.put(stats.at("attributes", "id").text(""), new Usage(labels.at(POD_UID).text(""), labels.at(CONTAINER_NAME).text(""),
                    stats.at("cpu", "usage_core_nano_seconds", "value").integer(0L), stats.at("memory", "working_set_bytes",
                    "value").integer(0L)));
        }
        return usage;
    }

    @Override
    public AutoCloseable events(Consumer<String> containerId) {
        return new TaskEvents(services, containerId).start();
    }

    @Override
    public void close() {
        attach.close();
        services.close();
    }

    private JsonObject runtime(String method, String request, Json message, String response, Duration timeout) {
        return services.call(Services.RUNTIME + method, "cri/" + request, message, "cri/" + response, timeout);
    }

    private JsonObject image(String method, String request, Json message, String response, Duration timeout) {
        return services.call(Services.IMAGE + method, "cri/" + request, message, "cri/" + response, timeout);
    }

    private static JsonObject sandbox(String id) {
        return JsonObject.of("pod_sandbox_id", id);
    }

    private static JsonObject container(String id) {
        return JsonObject.of("container_id", id);
    }

    private static JsonObject spec(String image) {
        return JsonObject.of("image", JsonObject.of("image", image));
    }

    private static void tolerant(Runnable ending) {
        try {
            ending.run();
        } catch (RuntimeFailure gone) {
            if (!gone.isNotFound()) throw gone;
        }
    }
}
