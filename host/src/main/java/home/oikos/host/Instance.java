package home.oikos.host;

import home.oikos.base.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// One home on this machine: its data directory, the ID hashed from it, and the names of everything it makes on the host.
/// Two homes have two IDs, so that nothing they make meets.
public record Instance(String id, Path dataDir, Path runDir) {
    static final Path RUN_ROOT = Path.of("/run/oikos");

    public static Instance of(Path dataDir) {
        return of(dataDir, RUN_ROOT);
    }

    static Instance of(Path dataDir, Path runRoot) {
        var real = real(dataDir);
        var id = Sha256.hex(real.toString()).substring(0, 8);
        return new Instance(id, real, runRoot.resolve(id));
    }

    /// Makes the run directory, for root alone.
    public Instance prepare() {
        try {
            Files.createDirectories(runDir);
            Files.setPosixFilePermissions(runDir, PosixFilePermissions.fromString("rwx--x--x"));
            return this;
        } catch (IOException refused) {
            throw new UncheckedIOException("run directory " + runDir + " cannot be made", refused);
        }
    }

    /// The one nftables table of this instance.
    public String tableName() {
        return "oikos_" + id;
    }

    /// What units of systemd, network name spaces and the like begin with.
    public String prefix() {
        return "oikos-" + id;
    }

    /// The cgroup that holds all pods of this instance.
    public String cgroupParent() {
        return "/oikos-" + id;
    }

    /// What the host's ends of pod links begin with; the kernel allows 15 characters.
    public String linkPrefix() {
        return "ok" + id.substring(0, 5);
    }

    private static Path real(Path dataDir) {
        try {
            Files.createDirectories(dataDir);
            return dataDir.toRealPath();
        } catch (IOException refused) {
            throw new UncheckedIOException("data directory " + dataDir + " cannot be made", refused);
        }
    }
}
