package home.oikos.cri;

import home.oikos.host.AddressPlan;
import home.oikos.host.BackOff;
import home.oikos.host.Capabilities;
import home.oikos.host.Cgroups;
import home.oikos.host.ChildSpec;
import home.oikos.host.Command;
import home.oikos.host.CommandException;
import home.oikos.host.Instance;
import home.oikos.host.Mounts;
import home.oikos.host.Supervisor;
import home.oikos.node.NodeAgent;
import home.oikos.node.RuntimeFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The containerd of one instance: started, watched, adopted after our restart. Closing leaves it and its containers running;
/// [#stop] ends it after all pods have been removed.
public final class Containerd implements AutoCloseable {
    /// Where Debian puts CNI plugins, and where others do.
    private static final List<Path> PLUGIN_DIRS = List.of(Path.of("/usr/lib/cni"), Path.of("/opt/cni/bin"));
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(30);
    /// A containerd that has not answered before its so-manieth death has something in its way that waiting will not remove.
    private static final int DEATHS_MAX = 3;

    private final ContainerdConfig config;
    private final Supervisor supervisor;
    private final CriRuntime runtime;

    private Containerd(ContainerdConfig config, Supervisor supervisor, CriRuntime runtime) {
        this.config = config;
        this.supervisor = supervisor;
        this.runtime = runtime;
    }

    /// Starts or adopts it, waits until it answers, and makes sure that it has the pause image.
    /// @param story hears in sentences what happens to it
    /// @throws CommandException when it cannot be started or does not answer
    public static Containerd start(Instance instance, AddressPlan addresses, Clock clock, Consumer<String> story) {
        var config = new ContainerdConfig(instance.prepare(), pluginDir(), !Capabilities.mayExceedLimits(), hasOverlay());
        write(config, addresses);
        var spec = new ChildSpec("containerd", List.of("containerd", "--config", config.file().toString(), "--log-level", "warn"),
                config.log());
        var supervisor = new Supervisor(spec, instance.runDir(), instance.prefix(), BackOff.CHILD, clock, story).start();
        var runtime = new CriRuntime(config.socket(), instance.runDir());
        try {
            var containerd = new Containerd(config, supervisor, runtime);
            containerd.awaitReady();
            containerd.ensurePause();
            return containerd;
        } catch (RuntimeException failed) {
            runtime.close();
            supervisor.close();
            throw failed;
        }
    }

    public CriRuntime runtime() {
        return runtime;
    }

    public Supervisor supervisor() {
        return supervisor;
    }

    /// Images are brought in and listed through this.
    public ImageStore images() {
        return new ImageStore(config.socket(), runtime);
    }

    /// Whether the containerd of an instance listens, as another process sees it.
    public static boolean listens(Instance instance) {
        return Files.exists(new ContainerdConfig(instance, pluginDir(), false, false).socket());
    }

    /// The images of an instance whose containerd runs, for a process that did not start it.
    /// @throws CommandException when it does not run
    public static ImageStore imagesOf(Instance instance) {
        var config = new ContainerdConfig(instance, pluginDir(), false, false);
        if (!listens(instance)) throw new CommandException("containerd of this home does not run");
        return new ImageStore(config.socket(), new CriRuntime(config.socket(), instance.runDir()));
    }

    private void awaitReady() {
        var tick = new CountDownLatch(1);
        var last = "";
        for (var waited = Duration.ZERO; waited.compareTo(READY_TIMEOUT) < 0; waited = waited.plusMillis(20)) {
            try {
                runtime.version();
                return;
            } catch (RuntimeFailure notYet) {
                last = notYet.getMessage();
            }
            if (supervisor.restarts() >= DEATHS_MAX) throw new CommandException("containerd ends as soon as it is started" + lastWords());
            await(tick);
        }
        throw new CommandException("containerd does not answer after " + READY_TIMEOUT.toSeconds() + " s (" + last + "); see "
                + config.log());
    }

    private String lastWords() {
        try (var lines = Files.lines(config.log(), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> !line.isBlank()).reduce((_, line) -> line).map(line -> "; its last words: " + line).orElse("");
        } catch (IOException | UncheckedIOException unreadable) {
            return "; see " + config.log();
        }
    }

    private static void await(CountDownLatch tick) {
        try {
            tick.await(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted while containerd started");
        }
    }

    private void ensurePause() {
        if (runtime.image(ContainerdConfig.PAUSE_IMAGE).isEmpty()) images().load(PauseImage.archive(ContainerdConfig.PAUSE_IMAGE));
    }

    /// Ends containerd, and what it left mounted and running. Pods are removed through [CriRuntime] before.
    public void stop(Duration grace) {
        runtime.close();
        supervisor.stop(grace);
        Mounts.unmountAll(config.state());
        Mounts.unmountAll(config.root());
    }

    /// Ends whatever containerd of an instance still runs, with its pods, when no home watches it any more. No error when there is none.
    public static void sweep(Instance instance, Duration grace) {
        var config = new ContainerdConfig(instance, Path.of(""), false, false);
        if (Files.exists(config.socket())) {
            try (var runtime = new CriRuntime(config.socket(), instance.runDir())) {
                NodeAgent.removeAllPods(runtime, grace);
            } catch (RuntimeFailure dead) {
                // Its processes are ended below all the same.
            }
        }
        Supervisor.end("containerd", instance.runDir(), grace);
        ProcessHandle.allProcesses().filter(process -> isShim(process, config.socket())).forEach(ProcessHandle::destroyForcibly);
        Cgroups.remove(instance.cgroupParent());
        Mounts.unmountAll(config.state());
        Mounts.unmountAll(config.root());
    }

    private static boolean isShim(ProcessHandle process, Path socket) {
        var arguments = List.of(process.info().arguments().orElse(new String[0]));
        return process.info().command().orElse("").endsWith("/containerd-shim-runc-v2") && arguments.contains(socket.toString());
    }

    @Override
    public void close() {
        runtime.close();
        supervisor.close();
    }

    private static void write(ContainerdConfig config, AddressPlan addresses) {
        try {
            Files.createDirectories(config.networkConfigs());
            Files.createDirectories(config.root());
            Files.writeString(config.file(), config.toml());
            var network = config.networkConfigs().resolve("10-oikos.conflist");
            Files.write(network.resolveSibling("next"), new PodNetwork(config.instance(), addresses).config().bytes());
            Files.move(network.resolveSibling("next"), network, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("containerd's configuration", unwritable);
        }
    }

    private static Path pluginDir() {
        return PLUGIN_DIRS.stream().filter(dir -> Files.isExecutable(dir.resolve("ptp"))).findFirst().orElseThrow(
                () -> new CommandException("the CNI plugin ptp is missing; apt-get install containernetworking-plugins"));
    }

    private static boolean hasOverlay() {
        try {
            return Files.readString(Path.of("/proc/filesystems")).contains("overlay")
                    || Command.of("modprobe", "overlay").tryRun().status() == 0;
        } catch (IOException | CommandException unknown) {
            return false;
        }
    }
}
