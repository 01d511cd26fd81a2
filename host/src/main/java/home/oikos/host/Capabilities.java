package home.oikos.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What this process is allowed to do.
public final class Capabilities {
    private static final int SYS_RESOURCE = 24;
    private static final int SYS_ADMIN = 21;

    private Capabilities() { }

    /// May raise limits and lower OOM scores. Missing in some virtual machines and containers.
    public static boolean mayExceedLimits() {
        return has(SYS_RESOURCE);
    }

    /// May mount and enter name spaces: what running containers takes.
    public static boolean mayMount() {
        return has(SYS_ADMIN);
    }

    private static boolean has(int capability) {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("CapEff:"))
                    .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) >>> capability & 1) == 1);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
