package home.oikos.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/// What the machine is short of, as its Node's conditions say it. Lack of memory stays told for a while after it went, so that a pod which
/// was evicted for it is not let in again at once. Safe for any thread.
final class NodePressure {
    /// The kubelet's `memory.available<100Mi`.
    static final long MEMORY_BYTES_MIN = 100L << 20;
    /// The kubelet's `eviction-pressure-transition-period`.
    static final Duration LASTS = Duration.ofMinutes(5);
    /// A disk with less than a twentieth free is told as pressure.
    static final int DISK_FREE_PERCENT_MIN = 5;

    private final Path disk;
    private final LongSupplier availableBytes;
    private final Clock clock;
    private volatile Instant shortUntil = Instant.MIN;

    /// @param disk a folder on the disk that pods use
    /// @param availableBytes memory that programs could still have
    NodePressure(Path disk, LongSupplier availableBytes, Clock clock) {
        this.disk = disk;
        this.availableBytes = availableBytes;
        this.clock = clock;
    }

    /// Whether memory is short right now.
    boolean memoryNow() {
        boolean isShort = availableBytes.getAsLong() < MEMORY_BYTES_MIN;
        if (isShort) shortUntil = clock.instant().plus(LASTS);
        return isShort;
    }

    long availableBytes() {
        return availableBytes.getAsLong();
    }

    /// Whether memory is short or was lately.
    boolean memory() {
        return memoryNow() || clock.instant().isBefore(shortUntil);
    }

    boolean disk() {
        return diskUsedPercent() > 100 - DISK_FREE_PERCENT_MIN;
    }

    /// Rounded up; 0 when it cannot be known.
    int diskUsedPercent() {
        try {
            var store = Files.getFileStore(disk);
            return (int) (100 - store.getUsableSpace() * 100 / Math.max(1, store.getTotalSpace()));
        } catch (IOException unknown) {
            return 0;
        }
    }
}
