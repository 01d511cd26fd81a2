package home.oikos.cri;

import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.host.Command;
import home.oikos.host.Packages;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;

/// Makes an image of Debian packages without registry, daemon or maintainer scripts: fetch with apt, unpack, add what scripts would have
/// made (users, a shell), write one layer. The same packages give the same bytes.
public final class ImageBuilder {
    private static final String PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final String USERS = """
            root:x:0:0:root:/root:/bin/sh
            daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
            www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
            nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
            """;
    private static final String GROUPS = """
            root:x:0:
            daemon:x:1:
            adm:x:4:
            tty:x:5:
            shadow:x:42:
            www-data:x:33:
            nogroup:x:65534:
            """;

    private final Path work;
    private final Consumer<String> progress;

    /// @param work an empty folder for everything on the way; the caller deletes it
    /// @param progress hears what is being done, in words
    public ImageBuilder(Path work, Consumer<String> progress) {
        this.work = work;
        this.progress = progress;
    }

    /// @return an archive inside the work folder, to be loaded into an [ImageStore]
    public Path build(ImageRequest request) throws IOException {
        var root = Files.createDirectories(work.resolve("root"));
        if (!request.packages().isEmpty()) unpack(request.packages(), root);
        users(root);
        for (var file : request.files().entrySet()) place(file.getValue(), root.resolve(file.getKey().substring(1)));
        if (Files.isExecutable(root.resolve("bin/busybox"))) linkBusybox(root);
        progress.accept("writing the image");
        var layer = Layer.into(work.resolve("layer.tar.gz"), out -> new RootTar(root).writeTo(out));
        var archive = work.resolve("image.tar");
        try (var oci = new OciArchive(new BufferedOutputStream(Files.newOutputStream(archive)))) {
            oci.write(ImageName.of(request.name()).full(), Processor.ofThisMachine(), config(request.command()), layer);
        }
        return archive;
    }

    private void unpack(List<String> packages, Path root) {
        progress.accept("fetching " + String.join(", ", packages));
        var archives = new Packages(work.resolve("apt")).download(packages, progress);
        progress.accept("unpacking " + archives.size() + " packages");
        Packages.unpack(archives, root);
    }

    private static JsonObject config(List<String> command) {
        var config = JsonObject.of("Env", JsonArray.of(PATH), "WorkingDir", "/");
        return command.isEmpty() ? config : config.with("Cmd", command);
    }

    /// What base-passwd's script would have made.
    private static void users(Path root) throws IOException {
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(root.resolve("root"));
        Files.createDirectories(root.resolve("run"));
        Files.createDirectories(root.resolve("tmp"));
        writeNew(root.resolve("etc/passwd"), USERS);
        writeNew(root.resolve("etc/group"), GROUPS);
        writeNew(root.resolve("etc/nsswitch.conf"), "passwd: files\ngroup: files\nhosts: files dns\n");
    }

    private static void writeNew(Path file, String content) throws IOException {
        if (!Files.exists(file)) Files.writeString(file, content);
    }

    /// Gives busybox the names of its tools, wherever no package has put a real one.
    private static void linkBusybox(Path root) throws IOException {
        for (var name : Command.of(root.resolve("bin/busybox").toString(), "--list").run().lines()) {
            var link = root.resolve("bin").resolve(name);
            boolean real = List.of("bin", "sbin", "usr/bin", "usr/sbin").stream()
                    .anyMatch(folder -> Files.exists(root.resolve(folder).resolve(name), LinkOption.NOFOLLOW_LINKS));
            if (!real) Files.createSymbolicLink(link, Path.of("busybox"));
        }
    }

    private static void place(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        if (!Files.isDirectory(from)) {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            return;
        }
        try (var inside = Files.list(from)) {
            for (var entry : inside.sorted().toList()) place(entry, to.resolve(entry.getFileName()));
        }
    }
}
