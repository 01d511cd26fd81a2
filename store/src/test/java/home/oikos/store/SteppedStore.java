package home.oikos.store;

import home.oikos.base.StandingClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/// A store on a [SimulatedDisk] without a thread: each write is one step, and the background runs when told.
final class SteppedStore implements AutoCloseable {
    final SimulatedDisk disk;
    final StandingClock clock = StandingClock.at("2026-01-01T00:00:00Z");
    final Deque<Runnable> background = new ArrayDeque<>();
    final StringBuffer reports = new StringBuffer();
    private LogOptions options;
    LogStore store;

    SteppedStore(LogOptions options) throws IOException {
        this(new SimulatedDisk(new SplittableRandom(1)), options);
    }

    SteppedStore(SimulatedDisk disk, LogOptions options) throws IOException {
        this.disk = disk;
        this.options = options.withReport(report -> reports.append(report).append('\n'));
        open();
    }

    void open() throws IOException {
        store = new LogStore(disk, clock, options, background::add);
    }

    Entry put(String key, Durability durability) throws ConflictException, IOException {
        return put(key, new byte[0], durability);
    }

    /// Creates or overwrites, whatever is there.
    Entry put(String key, byte[] tail, Durability durability) throws ConflictException, IOException {
        long expected = store.snapshot().get(key).map(Entry::revision).orElse(0L);
        var answer = store.submit(new Put(key, "v".getBytes(StandardCharsets.UTF_8), tail, expected, durability, null));
        store.runOnce();
        return LogStore.await(answer).entry();
    }

    boolean has(String key) {
        return store.snapshot().get(key).isPresent();
    }

    void runBackground() {
        while (!background.isEmpty()) background.poll().run();
    }

    @Override
    public void close() throws IOException {
        runBackground();
        store.verify();
        store.close();
    }
}
