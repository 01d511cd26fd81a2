package home.oikos.apiserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the kernel knows of this process (proc(5)), as metrics. What cannot be read is left out.
final class ProcessFacts {
    private ProcessFacts() { }

    static void write(StringBuilder out) {
        long resident = field(Path.of("/proc/self/status"), "VmRSS:");
        if (resident >= 0) Metrics.one(out, "process_resident_memory_bytes", "gauge", "Memory that this process holds.", resident << 10);
        long written = field(Path.of("/proc/self/io"), "write_bytes:");
        if (written >= 0) Metrics.one(out, "oikos_disk_written_bytes_total", "counter", "Bytes that this process had written to disk.",
                written);
        ProcessHandle.current().info().totalCpuDuration().ifPresent(cpu ->
                Metrics.one(out, "process_cpu_seconds_total", "counter", "Processor time used.", cpu.toMillis() / 1e3));
        ProcessHandle.current().info().startInstant().ifPresent(start ->
                Metrics.one(out, "process_start_time_seconds", "gauge", "When this process began, since 1970.",
                        start.toEpochMilli() / 1e3));
    }

    /// The number after a word at the beginning of a line, or -1.
    private static long field(Path file, String word) {
        try (var lines = Files.lines(file)) {
            return lines.filter(l -> l.startsWith(word)).map(l -> l.substring(word.length()).strip().split("\\s+")[0])
                    .mapToLong(Long::parseLong).findFirst().orElse(-1);
        } catch (IOException | NumberFormatException _) {
            return -1;
        }
    }
}
