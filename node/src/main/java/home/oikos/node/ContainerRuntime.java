package home.oikos.node;

import home.oikos.api.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What runs containers. Owned by the node agent; the real one speaks CRI to containerd. Every call blocks and may come from any thread;
/// a refusal is a [RuntimeFailure]. Stopping and removing what is gone is no error. Configurations are JSON trees with the members of
/// CRI's PodSandboxConfig and ContainerConfig, enumerations as their numbers.
public interface ContainerRuntime extends RuntimeHealth, AutoCloseable {
    String runSandbox(JsonObject config);

    void stopSandbox(String sandboxId);

    void removeSandbox(String sandboxId);

    /// The sandboxes of one pod, newest first.
    List<Sandbox> sandboxes(String podUid);

    /// Every sandbox; their `ip` is not asked for and empty.
    List<Sandbox> allSandboxes();

    String createContainer(String sandboxId, JsonObject config, JsonObject sandboxConfig);

    void startContainer(String containerId);

    /// Ends a container: its stop signal, and KILL after the grace. Returns when it has ended.
    void stopContainer(String containerId, Duration grace);

    /// Gives a running container other amounts of the machine.
    /// @param resources in the shape of CRI's LinuxContainerResources; what is absent stays
    void updateContainer(String containerId, JsonObject resources);

    void removeContainer(String containerId);

    /// The containers of one pod with everything known of them, newest attempt first.
    List<Container> containers(String podUid);

    /// Begins a new log file where the old one was, after that was moved away.
    void reopenLog(String containerId);

    ExecResult execSync(String containerId, List<String> command, Duration timeout);

    /// Runs a command with streams until it ends or the thread is interrupted.
    /// @return its exit code
    int exec(String containerId, List<String> command, boolean tty, ProcessStreams streams) throws IOException;

    /// Joins the streams of a running container until it or the client ends.
    void attach(String containerId, boolean tty, ProcessStreams streams) throws IOException;

    /// Connects to a port inside a sandbox's network, where 127.0.0.1 is the pod.
    PodConnection dial(String sandboxId, int port) throws IOException;

    /// The image that a name means here.
    Optional<Image> image(String name);

    List<Image> images();

    /// Fetches an image from its registry.
    /// @return its digest
    String pullImage(String name, Optional<RegistryLogin> login);

    void removeImage(String name);

    /// What each running container uses now, by container ID.
    Map<String, Usage> usage();

    /// Tells the ID of every container and sandbox that starts, ends or runs out of memory, until closed. After a lost connection the
    /// empty ID says that anything may have happened.
    AutoCloseable events(Consumer<String> containerId);

    @Override
    void close();

    /// What a command said and how it ended.
    record ExecResult(int exitCode, byte[] stdout, byte[] stderr) { }

    /// @param cpuNanos processor time since the start
    record Usage(String podUid, String name, long cpuNanos, long memoryBytes) { }

    /// A user of a registry.
    record RegistryLogin(String user, String password) { }
}
