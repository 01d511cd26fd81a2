package home.oikos.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Which paths of the machine a pod may see. The kernel's views and whatever leads to a home's keys, secrets or container runtime are
/// refused, in either direction: neither the path nor anything above or below it.
/// @param own folders of this instance
record HostPathRule(List<Path> own) {
    private static final List<Path> KERNEL = List.of(Path.of("/proc"), Path.of("/sys"));
    private static final List<Path> SECRET = List.of(Path.of("/run/oikos"), Path.of("/var/run/oikos"), Path.of("/run/containerd"),
            Path.of("/var/run/containerd"), Path.of("/var/lib/containerd"), Path.of("/run/docker.sock"), Path.of("/var/lib/oikos"));

    HostPathRule {
        own = List.copyOf(own);
    }

    /// @throws ConfigurationException when the path may not be shown
    Path check(String path) throws ConfigurationException {
        var wanted = Path.of(path).normalize();
        if (!wanted.isAbsolute()) throw refused(path, "it is not absolute");
        var real = real(wanted);
        for (var candidate : List.of(wanted, real)) {
            if (KERNEL.stream().anyMatch(candidate::startsWith)) throw refused(path, "it is the kernel's");
            if (leadsTo(candidate, SECRET) || leadsTo(candidate, own)) throw refused(path,
                    "it leads to keys, secrets or the container runtime");
        }
        return real;
    }

    private static boolean leadsTo(Path candidate, List<Path> guarded) {
        return guarded.stream().anyMatch(path -> candidate.startsWith(path) || path.startsWith(candidate));
    }

    /// Where links lead, as far as the path exists.
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException absent) {
            var parent = path.getParent();
            return parent == null ? path : real(parent).resolve(path.getFileName());
        }
    }

    private static ConfigurationException refused(String path, String why) {
        return new ConfigurationException("hostPath \"" + path + "\" is not allowed: " + why);
    }

    /// Checks or makes what `hostPath.type` asks for.
    static void ensure(Path path, String type) throws ConfigurationException, IOException {
        switch (type) {
            case "DirectoryOrCreate" -> Files.createDirectories(path);
            case "FileOrCreate" -> {
                if (!Files.exists(path)) Files.createFile(path);
            }
            case "Directory" -> expect(Files.isDirectory(path), path, "a directory");
            case "File" -> expect(Files.isRegularFile(path), path, "a file");
            case "Socket", "CharDevice", "BlockDevice" -> expect(Files.exists(path) && !Files.isDirectory(path), path, "a " + type);
            default -> { }
        }
    }

    private static void expect(boolean holds, Path path, String what) throws ConfigurationException {
        if (!holds) throw new ConfigurationException("hostPath type check failed: " + path + " is not " + what);
    }
}
