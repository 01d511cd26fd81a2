package home.oikos.node;

import home.oikos.api.JsonObject;
import home.oikos.node.PodStep.StartContainer;
import home.oikos.node.PodView.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Starts one container: image, volumes, environment, configuration, hook. Each thing that fails is a reason for its status.
record ContainerStart(Workbench bench, PodView view, SandboxPlan sandboxPlan) {
    /// A hook that hangs must not keep the pod's worker for ever.
    private static final Duration HOOK_TIMEOUT = Duration.ofMinutes(2);

    /// Why a container could not be started, and whether that is worth a quick second look (its own configuration may be on the way).
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Waiting waiting;
        private final boolean quick;

        Failed(String reason, String message, boolean quick) {
            super(message);
            this.waiting = new Waiting(reason, message);
            this.quick = quick;
        }

        Waiting waiting() {
            return waiting;
        }

        boolean quick() {
            return quick;
        }
    }

    void start(StartContainer step) throws Failed {
        var spec = view.spec(step.name()).orElseThrow();
        var room = view.sandbox().orElseThrow();
        var image = image(spec);
        var id = create(spec, step, room, image);
        try {
            bench.runtime().startContainer(id);
        } catch (RuntimeFailure refused) {
            bench.events().warning(view.pod(), spec.name(), "Failed", "Error: " + refused.getMessage());
            throw new Failed("RunContainerError", refused.getMessage(), false);
        }
        bench.events().normal(view.pod(), spec.name(), "Started", "Started container " + spec.name());
        postStart(spec, id, room);
    }

    private Image image(ContainerSpec spec) throws Failed {
        try {
            return new ImageFetcher(bench).fetch(view.pod(), spec);
        } catch (ImageFetcher.Missing missing) {
            throw new Failed(missing.reason(), missing.getMessage(), false);
        }
    }

    private String create(ContainerSpec spec, StartContainer step, Sandbox room, Image image) throws Failed {
        try {
            var config = config(spec, step, room, image);
            var id = bench.runtime().createContainer(room.id(), config, sandboxPlan.config(room.attempt()));
            bench.events().normal(view.pod(), spec.name(), "Created", "Created container: " + spec.name());
            return id;
        } catch (ConfigurationException | IOException unusable) {
            boolean mount = unusable.getMessage().startsWith("MountVolume");
            bench.events().warning(view.pod(), mount ? "" : spec.name(), mount ? "FailedMount" : "Failed", (mount ? "" : "Error: ")
                    + unusable.getMessage());
            throw new Failed(mount ? "ContainerCreating" : "CreateContainerConfigError", mount ? "" : unusable.getMessage(), true);
        } catch (RuntimeFailure refused) {
            bench.events().warning(view.pod(), spec.name(), "Failed", "Error: " + refused.getMessage());
            throw new Failed("CreateContainerError", refused.getMessage(), false);
        }
    }

    private JsonObject config(ContainerSpec spec, StartContainer step, Sandbox room, Image image) throws ConfigurationException,
            IOException {
        var fields = fields(room);
        var identity = view.identity();
        var volumes = bench.volumes().prepare(fields);
        boolean links = view.pod().at("spec", "enableServiceLinks").bool(true);
        var environment = new EnvironmentPlan(fields, bench.sources(),
                ServiceVariables.of(identity.namespace(), links, bench.services().get())).of(spec);
        var mounts = new ArrayList<>(new MountPlan(spec, volumes, environment,
                (index, volume, part) -> bench.volumes().subPath(identity, spec.name(), index, volume, part)).mounts());
        mounts.addAll(own(spec, step, fields, mounts));
        return new ContainerPlan(sandboxPlan, spec, environment, mounts, target(spec), bench.machine().memoryBytes())
                .config(step.attempt(), step.restartsInARow(), image.id(), image.user());
    }

    PodFields fields(Sandbox room) {
        var hostIp = bench.settings().hostIp();
        return new PodFields(view.pod(), room.ip().isEmpty() ? hostIp : room.ip(), hostIp, bench.machine().allocatable());
    }

    /// The container whose processes an ephemeral one wants to see.
    private Optional<String> target(ContainerSpec spec) throws ConfigurationException {
        var name = spec.json().at("targetContainerName").text("");
        if (name.isEmpty()) return Optional.empty();
        var found = view.current(name).filter(Container::isRunning).map(Container::id);
        if (found.isEmpty()) throw new ConfigurationException("unable to find target container \"" + name + "\"");
        return found;
    }

    /// What every container gets: the hosts file, and a place for its last words; unless a volume stands there.
    private List<JsonObject> own(ContainerSpec spec, StartContainer step, PodFields fields, List<JsonObject> mounts) throws IOException {
        var folders = bench.settings().folders(view.identity().uid());
        var own = new ArrayList<JsonObject>();
        if (!sandboxPlan.hostNetwork() && free(mounts, "/etc/hosts")) {
            var content = HostsFile.of(view.pod(), fields.podIp(), sandboxPlan.hostname(), bench.settings().clusterDomain());
            own.add(MountPlan.of("/etc/hosts", write(folders.hosts(), content), false));
        }
        var words = spec.json().at("terminationMessagePath").text("/dev/termination-log");
        var file = write(folders.lastWords(spec.name(), step.attempt()), "");
        Files.setPosixFilePermissions(file, AtomicFolder.permissions(0666));
        own.add(MountPlan.of(words, file, false));
        return own;
    }

    private static boolean free(List<JsonObject> mounts, String path) {
        return mounts.stream().noneMatch(mount -> mount.at("container_path").text("").equals(path));
    }

    private static Path write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private void postStart(ContainerSpec spec, String id, Sandbox room) throws Failed {
        var hook = spec.json().at("lifecycle", "postStart");
        if (hook.isNull()) return;
        var failure = new ProbeAction(bench.runtime(), spec, id, fields(room).podIp()).run(hook, HOOK_TIMEOUT);
        if (failure.isEmpty()) return;
        bench.events().warning(view.pod(), spec.name(), "FailedPostStartHook", "PostStartHook failed: " + failure.get());
        bench.runtime().stopContainer(id, PodGrace.of(view.pod()));
        throw new Failed("PostStartHookError", failure.get(), false);
    }
}
