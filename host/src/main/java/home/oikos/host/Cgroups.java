package home.oikos.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// Control groups, version 1, 2 or both.
public final class Cgroups {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private Cgroups() { }

    /// Whether the machine has the unified hierarchy alone.
    public static boolean isUnified() {
        return Files.exists(ROOT.resolve("cgroup.controllers"));
    }

    /// Removes an empty group and all below it, in every hierarchy. A group with processes stays.
    public static void remove(String path) {
        for (var root : roots()) remove(root.resolve(path.substring(1)));
    }

    /// The folder of each hierarchy.
    static List<Path> roots() {
        if (isUnified()) return List.of(ROOT);
        try (var entries = Files.list(ROOT)) {
            return entries.filter(Files::isDirectory).toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    private static void remove(Path group) {
        if (!Files.isDirectory(group)) return;
        try (var below = Files.walk(group)) {
            below.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).forEach(folder -> folder.toFile().delete());
        } catch (IOException | UncheckedIOException racing) {
            // The last process of a group may leave while we look; what is gone needs no removal.
        }
    }
}
