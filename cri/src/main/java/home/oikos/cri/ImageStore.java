package home.oikos.cri;

import home.oikos.host.Command;
import home.oikos.node.ContainerRuntime;
import home.oikos.node.Image;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The images of an instance's containerd: brought in from archives, listed. Safe for any thread.
public final class ImageStore {
    private static final Duration IMPORT_TIMEOUT = Duration.ofMinutes(20);

    private final Path socket;
    private final ContainerRuntime runtime;

    ImageStore(Path socket, ContainerRuntime runtime) {
        this.socket = socket;
        this.runtime = runtime;
    }

    /// Brings in an archive (OCI layout or `docker save`) with all the names it carries.
    public void load(Path archive) {
        Command.of("ctr", "--address", socket.toString(), "--namespace", "k8s.io", "images", "import", archive.toString())
                .within(IMPORT_TIMEOUT).run();
    }

    void load(byte[] archive) {
        try {
            var file = Files.createTempFile(socket.getParent(), "image", ".tar");
            try {
                Files.write(file, archive);
                load(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException("image archive", unwritable);
        }
    }

    public List<Image> list() {
        return runtime.images();
    }
}
