package home.oikos.node;

import home.oikos.api.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What this machine has and is.
/// @param operatingSystem as in `Debian GNU/Linux 12 (bookworm)`
/// @param architecture as images call it
record Machine(int processors, long memoryBytes, long diskBytes, String kernel, String operatingSystem, String architecture,
        String machineId, String bootId) {
    /// As many pods as Kubernetes' own nodes take; the address range has room for 254.
    static final int PODS_MAX = 110;
    /// What is left for the machine and for Oikos itself.
    private static final long RESERVED_MEMORY_BYTES = 100L << 20;

    static Machine read(Path dataDir) {
        return new Machine(Runtime.getRuntime().availableProcessors(), memory(), disk(dataDir), text("/proc/sys/kernel/osrelease"),
                system(),
                System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64", text("/etc/machine-id"),
                text("/proc/sys/kernel/random/boot_id"));
    }

    JsonObject capacity() {
        return resources(memoryBytes);
    }

    JsonObject allocatable() {
        return resources(Math.max(0, memoryBytes - RESERVED_MEMORY_BYTES));
    }

    private JsonObject resources(long memory) {
        return JsonObject.of("cpu", Integer.toString(processors), "memory", memory / 1024 + "Ki", "ephemeral-storage", diskBytes / 1024
                + "Ki",
                "pods", Integer.toString(PODS_MAX), "hugepages-2Mi", "0");
    }

    private static long memory() {
        return memory("MemTotal:");
    }

    /// What programs could still have; as much as one likes where the kernel does not say.
    static long availableBytes() {
        long available = memory("MemAvailable:");
        return available > 0 ? available : Long.MAX_VALUE;
    }

    /// How long all processors together have worked since the start; in the hundredths of a second that the kernel counts.
    static long cpuNanos() {
        var all = text("/proc/stat").trim().split("\\s+");
        long hundredths = 0;
        // user, nice, system; then idle and waiting for disks, which is no work; then interrupts and what other machines took.
        for (int i = 1; i < Math.min(all.length, 8); i++) if (i != 4 && i != 5) hundredths += Long.parseLong(all[i]);
        return hundredths * 10_000_000;
    }

    private static long memory(String field) {
        return lines("/proc/meminfo").stream().filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024).findFirst().orElse(0);
    }

    private static long disk(Path dataDir) {
        try {
            return Files.getFileStore(dataDir).getTotalSpace();
        } catch (IOException unknown) {
            return 0;
        }
    }

    private static String system() {
        return lines("/etc/os-release").stream().filter(line -> line.startsWith("PRETTY_NAME="))
                .map(line -> line.substring(12).replace("\"", "")).findFirst().orElse("Linux");
    }

    private static String text(String file) {
        return lines(file).stream().findFirst().orElse("");
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException absent) {
            return List.of();
        }
    }
}
