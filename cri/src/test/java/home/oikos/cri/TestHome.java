package home.oikos.cri;

import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.host.AddressPlan;
import home.oikos.host.Command;
import home.oikos.host.Effect;
import home.oikos.host.Effects;
import home.oikos.host.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// A real containerd of its own in a temporary directory, with an image `busybox` made of the machine's static busybox.
final class TestHome implements AutoCloseable {
    final Path dir;
    final Instance instance;
    final AddressPlan addresses;
    final Containerd containerd;
    final List<String> story = Collections.synchronizedList(new ArrayList<>());

    TestHome() {
        try {
            dir = Files.createTempDirectory("oikos-cri");
            instance = Instance.of(dir).prepare();
            addresses = AddressPlan.keep(dir.resolve("network"), instance.id());
            new Effects(instance.runDir()).set(Path.of("/proc/sys/net/ipv4/ip_forward"), "1");
            containerd = start();
            var busybox = new ImageRequest("busybox", List.of(), Map.of("/bin/busybox", Path.of("/bin/busybox")), List.of("/bin/sh"));
            containerd.images().load(new ImageBuilder(Files.createDirectories(dir.resolve("build")), story::add).build(busybox));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// Another life of the same home.
    Containerd start() {
        return Containerd.start(instance, addresses, Clock.systemUTC(), story::add);
    }

    CriRuntime runtime() {
        return containerd.runtime();
    }

    String runSandbox(String name) {
        return runtime().runSandbox(sandboxConfig(name));
    }

    JsonObject sandboxConfig(String name) {
        var security = JsonObject.of("namespace_options", JsonObject.of("network", 0, "pid", 1, "ipc", 0));
        return JsonObject.of("metadata", JsonObject.of("name", name, "uid", "uid-" + name, "namespace", "default", "attempt", 0),
                "hostname", name, "log_directory", dir.resolve("logs").resolve(name).toString(),
                "labels", JsonObject.of("io.kubernetes.pod.uid", "uid-" + name),
                "linux", JsonObject.of("cgroup_parent", instance.cgroupParent(), "security_context", security));
    }

    String runContainer(String sandboxId, String pod, String... command) {
        return runContainer(sandboxId, pod, 0, command);
    }

    String runContainer(String sandboxId, String pod, int attempt, String... command) {
        var config = JsonObject.of("metadata", JsonObject.of("name", "main", "attempt", attempt), "image", JsonObject.of("image",
                "busybox"),
                "command", JsonArray.of((Object[]) command), "log_path", "main/" + attempt + ".log",
                "labels", JsonObject.of("io.kubernetes.pod.uid", "uid-" + pod, "io.kubernetes.container.name", "main"),
                "envs", JsonArray.of(JsonObject.of("key", "GREETING", "value", "hello")),
                "linux", JsonObject.of("resources", JsonObject.of("memory_limit_in_bytes", 64 << 20),
                        "security_context", JsonObject.of("namespace_options", JsonObject.of("pid", 1))));
        var id = runtime().createContainer(sandboxId, config, sandboxConfig(pod));
        runtime().startContainer(id);
        return id;
    }

    @Override
    public void close() {
        for (var sandbox : runtime().allSandboxes()) {
            runtime().stopSandbox(sandbox.id());
            runtime().removeSandbox(sandbox.id());
        }
        containerd.stop(Duration.ofSeconds(5));
        var effects = new Effects(instance.runDir());
        effects.remember(new Effect.CgroupMade(instance.cgroupParent()));
        effects.undoAll();
        delete(instance.runDir());
        delete(dir);
    }

    private static void delete(Path folder) {
        Command.of("rm", "-rf", "--one-file-system", folder.toString()).run();
    }
}
