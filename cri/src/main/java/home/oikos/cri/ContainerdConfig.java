package home.oikos.cri;

import home.oikos.host.Instance;
import java.nio.file.Path;

/// Where an instance's own containerd keeps what, and the configuration files that say so. Nothing of it touches a containerd that the
/// user runs.
/// @param restrictOomScore where we may not lower OOM scores (some virtual machines), runc fails unless containerd leaves them alone
/// @param overlay whether the kernel has overlayfs; without it layers are copied
record ContainerdConfig(Instance instance, Path pluginDir, boolean restrictOomScore, boolean overlay) {
    static final String PAUSE_IMAGE = "localhost/oikos-pause:1";

    Path socket() {
        return instance.runDir().resolve("containerd.sock");
    }

    Path root() {
        return instance.dataDir().resolve("containerd");
    }

    Path state() {
        return instance.runDir().resolve("containerd");
    }

    Path networkConfigs() {
        return instance.runDir().resolve("cni");
    }

    Path file() {
        return instance.runDir().resolve("containerd.toml");
    }

    Path log() {
        return instance.dataDir().resolve("containerd.log");
    }

    /// containerd's configuration, version 2. Plugins that a home never uses stay off: each costs memory and start time.
    String toml() {
        return """
                version = 2
                root = "%s"
                state = "%s"
                disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", \
                "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs", "io.containerd.tracing.processor.v1.otlp", \
                "io.containerd.internal.v1.tracing", "io.containerd.internal.v1.restart", "io.containerd.monitor.v1.cgroups"]

                [grpc]
                  address = "%s"

                [plugins."io.containerd.grpc.v1.cri"]
                  sandbox_image = "%s"
                  restrict_oom_score_adj = %b
                  netns_mounts_under_state_dir = true
                  stream_server_address = "127.0.0.1"
                  stream_server_port = "0"
                  enable_unprivileged_ports = true

                  [plugins."io.containerd.grpc.v1.cri".cni]
                    bin_dir = "%s"
                    conf_dir = "%s"

                  [plugins."io.containerd.grpc.v1.cri".containerd]
                    snapshotter = "%s"

                    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
                      runtime_type = "io.containerd.runc.v2"

                      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
                        BinaryName = "runc"
                        Root = "%s"
                """.formatted(root(), state(), socket(), PAUSE_IMAGE, restrictOomScore, pluginDir, networkConfigs(),
                overlay ? "overlayfs" : "native", instance.runDir().resolve("runc"));
    }
}
