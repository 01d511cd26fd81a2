package home.oikos.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Collection;

/// Keeps the logs of running containers bounded: at a size the file is moved aside and a new one begun; one older part stays. Never waits.
record LogRotation(ContainerRuntime runtime, NodeSettings settings, long bytesMax) {
    /// Two parts of 5 MiB a container: 100 containers that talk without end keep 1 GB at most.
    static final long BYTES_MAX = 5L << 20;

    void runOnce(Collection<PodView> pods) {
        for (var view : pods) {
            for (var container : view.running()) rotate(view.identity(), container);
        }
    }

    private void rotate(PodIdentity pod, Container container) {
        var file = settings.logs(pod).resolve(container.name()).resolve(container.attempt() + ".log");
        try {
            if (!Files.exists(file) || Files.size(file) < bytesMax) return;
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            runtime.reopenLog(container.id());
        } catch (IOException | RuntimeFailure later) {
            // The next round tries again; until then the log grows on where it is.
        }
    }
}
