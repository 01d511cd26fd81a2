package home.oikos.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// The mounts of this machine.
public final class Mounts {
    private Mounts() { }

    /// One line of /proc/self/mountinfo.
    public record Mount(Path point, String type) {
        static Mount parse(String line) {
            var words = line.split(" ");
            var separator = List.of(words).indexOf("-");
            return new Mount(Path.of(unescape(words[4])), words[separator + 1]);
        }

        /// The kernel writes space, tab, newline and backslash as octal.
        private static String unescape(String text) {
            return text.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\");
        }
    }

    public static List<Mount> all() {
        try (var lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
            return lines.map(Mount::parse).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("/proc/self/mountinfo cannot be read", unreadable);
        }
    }

    /// The mounts at or below a folder, deepest first.
    public static List<Path> under(Path folder) {
        return all().stream().map(Mount::point).filter(point -> point.startsWith(folder))
                .sorted(Comparator.comparing(Path::getNameCount).reversed()).toList();
    }

    /// Mounts a file system in memory, unless one is there.
    public static void tmpfs(Path point, long bytes, String mode) {
        if (all().stream().anyMatch(mount -> mount.point().equals(point))) return;
        var size = bytes > 0 ? ",size=" + bytes : "";
        Command.of("mount", "-t", "tmpfs", "-o", "nosuid,nodev,mode=" + mode + size, "oikos", point.toString()).run();
    }

    public static void bind(Path source, Path point) {
        Command.of("mount", "--bind", source.toString(), point.toString()).run();
    }

    /// Takes away every mount at or below a folder, also those in use.
    public static void unmountAll(Path folder) {
        under(folder).forEach(point -> Command.of("umount", "-l", point.toString()).tryRun());
    }
}
