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
    /// A killed process leaves its group within some milliseconds; one that hangs in the kernel must not hold us for more than a second.
    private static final int KILL_ROUNDS = 200;

    private Cgroups() { }

    /// Whether the machine has the unified hierarchy alone.
    public static boolean isUnified() {
        return Files.exists(ROOT.resolve("cgroup.controllers"));
    }

    /// Kills what still runs in a group or below it, and removes them, in every hierarchy.
    public static void remove(String path) {
        var groups = roots().stream().map(root -> root.resolve(path.substring(1))).filter(Files::isDirectory).toList();
        for (int round = 0; round < KILL_ROUNDS && groups.stream().anyMatch(Cgroups::killAll); round++) Pause.sleep(Pause.SHORT);
        groups.forEach(Cgroups::removeEmpty);
    }

    /// @return whether anything was there to kill
    private static boolean killAll(Path group) {
        try (var below = Files.walk(group)) {
            return below.filter(file -> file.endsWith("cgroup.procs")).mapToInt(Cgroups::kill).sum() > 0;
        } catch (IOException | UncheckedIOException racing) {
            return true;
        }
    }

    private static int kill(Path processes) {
        try {
            var pids = Files.readAllLines(processes);
            pids.stream().flatMap(pid -> ProcessIdentity.of(Long.parseLong(pid)).stream()).forEach(process -> process.signal("KILL"));
            return pids.size();
        } catch (IOException gone) {
            return 0;
        }
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

    private static void removeEmpty(Path group) {
        try (var below = Files.walk(group)) {
            below.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).forEach(folder -> folder.toFile().delete());
        } catch (IOException | UncheckedIOException racing) {
            // The last process of a group may leave while we look; what is gone needs no removal.
        }
    }
}
