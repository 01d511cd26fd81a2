package home.oikos.host;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// One process for as long as it lives: its pid and the tick it started at, so that a pid used again is never taken for it.
public record ProcessIdentity(long pid, long startTicks) {
    private static final int STATE_FIELD = 0;
    private static final int START_FIELD = 19;

    /// The process that has this pid now; empty when there is none, or only its unburied remains.
    public static Optional<ProcessIdentity> of(long pid) {
        return stat(pid).filter(fields -> !fields[STATE_FIELD].equals("Z"))
                .map(fields -> new ProcessIdentity(pid, Long.parseLong(fields[START_FIELD])));
    }

    /// Reads what [#toString] wrote.
    public static Optional<ProcessIdentity> parse(String line) {
        var parts = line.strip().split(" ");
        try {
            return parts.length == 2
                    ? Optional.of(new ProcessIdentity(Long.parseLong(parts[0]), Long.parseLong(parts[1]))) : Optional.empty();
        } catch (NumberFormatException torn) {
            return Optional.empty();
        }
    }

    public boolean isAlive() {
        return of(pid).filter(this::equals).isPresent();
    }

    /// Sends a signal by name (TERM, KILL, HUP), unless the process is gone or its pid belongs to another one now. The shell's own `kill`: a small
    /// Debian has no other.
    public void signal(String name) {
        if (isAlive()) Command.of("sh", "-c", "kill -s \"$0\" \"$1\"", name, Long.toString(pid)).tryRun();
    }

    /// Fields of /proc/PID/stat from the third on: the second is the name in parentheses, which may hold spaces.
    private static Optional<String[]> stat(long pid) {
        try (var in = new FileInputStream("/proc/" + pid + "/stat")) {
            var line = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Optional.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return pid + " " + startTicks;
    }
}
