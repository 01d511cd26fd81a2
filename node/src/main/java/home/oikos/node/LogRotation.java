package home.oikos.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;

/// Keeps the logs of running containers bounded: at a size the file is moved aside and a new one begun; so many older
/// parts stay. Never waits.
record LogRotation(ContainerRuntime runtime, NodeSettings settings, long bytesMax) {
    /// As the kubelet's `containerLogMaxSize`. With its older parts, 100 containers that talk without end keep 3 GB at most.
    static final long BYTES_MAX = 10L << 20;
    /// Older parts, `.1` the newest; with the one that is written three, of the kubelet's `containerLogMaxFiles` of five: it is an SD card.
    static final int OLDER_MAX = 2;

    void runOnce(Collection<PodView> pods) {
        for (var view : pods) {
            for (var container : view.running()) rotate(view.identity(), container);
        }
    }

    private void rotate(PodIdentity pod, Container container) {
        var file = settings.logs(pod).resolve(container.name()).resolve(container.attempt() + ".log");
        try {
            if (!Files.exists(file) || Files.size(file) < bytesMax) return;
            for (int age = OLDER_MAX; age > 0; age--) {
                if (Files.exists(part(file, age - 1))) Files.move(part(file, age - 1), part(file, age), StandardCopyOption.REPLACE_EXISTING);
            }
            runtime.reopenLog(container.id());
        } catch (IOException | RuntimeFailure later) {
            // The next round tries again; until then the log grows on where it is.
        }
    }

    /// @param age 0 is what is written now
    static Path part(Path file, int age) {
        return age == 0 ? file : file.resolveSibling(file.getFileName() + "." + age);
    }
}
