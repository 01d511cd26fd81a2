package home.oikos.node;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// What a node does now and then: logs are kept short, a pod goes when memory runs out, old images go when the disk gets full. One virtual
/// thread; a round that finds nothing to do reads a few numbers of the kernel.
final class Housekeeping implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(10);
    /// Images are looked at every five minutes, as by the kubelet.
    private static final int ROUNDS_BETWEEN_IMAGES = 30;

    private final LogRotation logs;
    private final Evictions evictions;
    private final ImageCollector images;
    private final Supplier<Collection<PodWorker>> workers;
    private final CountDownLatch closed = new CountDownLatch(1);

    Housekeeping(LogRotation logs, Evictions evictions, ImageCollector images, Supplier<Collection<PodWorker>> workers) {
        this.logs = logs;
        this.evictions = evictions;
        this.images = images;
        this.workers = workers;
    }

    Housekeeping start() {
        Thread.ofVirtual().name("node-housekeeping").start(this::run);
        return this;
    }

    private void run() {
        try {
            for (int round = 1; !closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS); round++) runOnce(round);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void runOnce(int round) {
        try {
            var views = workers.get().stream().flatMap(worker -> worker.view().stream()).toList();
            logs.runOnce(views);
            evictions.runOnce(workers.get());
            if (round % ROUNDS_BETWEEN_IMAGES == 0) images.runOnce(views);
        } catch (RuntimeFailure away) {
            // containerd is on its way back; the next round looks again.
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
