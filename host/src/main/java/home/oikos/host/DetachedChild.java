package home.oikos.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Starts a child outside our session, process group and (where systemd runs) cgroup, so that it outlives us, and finds it again
/// by the pid and start time kept in the run directory.
final class DetachedChild {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(10);
    /// `exec` keeps the pid, so what the shell wrote down is the child's own. The file appears whole or not at all.
    private static final String SCRIPT = "exec 0</dev/null >>\"$1\" 2>&1; echo $$ >\"$2.new\"; mv \"$2.new\" \"$2\"; shift 2; exec \"$@\"";

    private final ChildSpec spec;
    private final Path runDir;
    private final String unit;

    DetachedChild(ChildSpec spec, Path runDir, String unitPrefix) {
        this.spec = spec;
        this.runDir = runDir;
        this.unit = unitPrefix + "-" + spec.name();
    }

    /// The child that an earlier life of ours started, if it still runs.
    Optional<ProcessIdentity> adopt() {
        return read(identityFile()).flatMap(ProcessIdentity::parse).filter(ProcessIdentity::isAlive);
    }

    ProcessIdentity start() {
        try {
            Files.createDirectories(runDir);
            Files.deleteIfExists(pidFile());
            launch();
            var identity = awaitPid();
            var next = runDir.resolve(spec.name() + ".identity.new");
            Files.writeString(next, identity.toString());
            Files.move(next, identityFile(), StandardCopyOption.ATOMIC_MOVE);
            return identity;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(spec.name() + ": " + runDir + " cannot be written", unwritable);
        }
    }

    void forget() {
        try {
            Files.deleteIfExists(identityFile());
            Files.deleteIfExists(pidFile());
        } catch (IOException stays) {
            // A file that names a dead process is harmless: nobody with another start time is taken for it.
        }
    }

    private void launch() {
        var words = new ArrayList<String>(List.of("setsid", "--fork"));
        if (systemdRuns()) {
            words.addAll(List.of("systemd-run", "--scope", "--quiet", "--collect", "--slice=oikos.slice", "--unit=" + unit));
        }
        if (!spec.network().isEmpty()) words.addAll(List.of("ip", "netns", "exec", spec.network()));
        words.addAll(List.of("sh", "-c", SCRIPT, "sh", spec.log().toString(), pidFile().toString()));
        words.addAll(spec.words());
        var command = Command.of(words);
        for (var variable : spec.environment().entrySet()) command = command.variable(variable.getKey(), variable.getValue());
        command.within(START_TIMEOUT).run();
    }

    private ProcessIdentity awaitPid() {
        for (var waited = Duration.ZERO; waited.compareTo(START_TIMEOUT) < 0; waited = waited.plus(Pause.SHORT)) {
            var pid = read(pidFile());
            if (pid.isPresent()) return identity(Long.parseLong(pid.get().strip()));
            Pause.sleep(Pause.SHORT);
        }
        throw new CommandException(spec.name() + ": did not start within " + START_TIMEOUT.toSeconds() + " s; see " + spec.log());
    }

    private ProcessIdentity identity(long pid) {
        return ProcessIdentity.of(pid).orElse(new ProcessIdentity(pid, -1));
    }

    private static boolean systemdRuns() {
        return Files.isDirectory(Path.of("/run/systemd/system"));
    }

    private Path pidFile() {
        return runDir.resolve(spec.name() + ".pid");
    }

    private Path identityFile() {
        return runDir.resolve(spec.name() + ".identity");
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }
}
