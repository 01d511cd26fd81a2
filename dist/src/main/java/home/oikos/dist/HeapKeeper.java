package home.oikos.dist;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Gives memory back when the home rests. The collector shrinks the heap only when it collects all of it, and an idle home never needs
/// that: what a start or a busy hour left behind would stay for days. [#look] is the step; a virtual thread takes it now and then.
final class HeapKeeper implements AutoCloseable {
    static final Duration LOOKS_EVERY = Duration.ofSeconds(20);
    /// A home rests when it has used less than this of a core since the last look: a collection (50 ms) is then in nobody's way.
    static final double RESTING_CORES = 0.05;
    /// Worth a collection: a heap this many times as large as after the last one.
    static final double GROWN = 1.2;

    private final LongSupplier heapBytes;
    private final LongSupplier cpuNanos;
    private final Runnable collect;
    private final Thread thread;
    private long cpuBefore;
    private long bytesAfter;

    /// @param heapBytes how large the heap is now
    /// @param cpuNanos what the process has used of the CPU so far
    HeapKeeper(LongSupplier heapBytes, LongSupplier cpuNanos, Runnable collect) {
        this.heapBytes = heapBytes;
        this.cpuNanos = cpuNanos;
        this.collect = collect;
        cpuBefore = cpuNanos.getAsLong();
        thread = Thread.ofVirtual().name("heap").unstarted(this::loop);
    }

    static HeapKeeper ofThisProcess() {
        var self = ProcessHandle.current();
        var keeper = new HeapKeeper(Runtime.getRuntime()::totalMemory,
                () -> self.info().totalCpuDuration().orElse(Duration.ZERO).toNanos(), System::gc);
        keeper.thread.start();
        return keeper;
    }

    private void loop() {
        try {
            while (true) {
                Thread.sleep(LOOKS_EVERY);
                look();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// Collects if the home rests and its heap has grown. Called by one thread.
    void look() {
        long cpu = cpuNanos.getAsLong();
        boolean rests = cpu - cpuBefore < RESTING_CORES * LOOKS_EVERY.toNanos();
        cpuBefore = cpu;
        if (!rests || heapBytes.getAsLong() <= GROWN * bytesAfter) return;
        collect.run();
        bytesAfter = heapBytes.getAsLong();
        cpuBefore = cpuNanos.getAsLong();
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        if (thread.getState() != Thread.State.NEW) thread.join();
    }
}
