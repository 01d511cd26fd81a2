package home.oikos.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/// The store of a home: an append-only log on disk and everything in memory. Owns the writer's thread; closing it waits for
/// the writes that were accepted.
public final class LogStore implements Store {
    /// Somewhat more than the largest object of Kubernetes (3 MiB).
    static final int VALUE_BYTES_MAX = 4 << 20;

    private static final int BACKUP_PIECE_BYTES = 64 << 10;

    private final Disk disk;
    private final Clock clock;
    private final LogOptions options;
    private final Inbox inbox = new Inbox();
    private final Snapshotter snapshotter;
    private final Writer writer;
    private Thread thread;

    /// Without a thread: whoever made it calls [#runOnce].
    LogStore(Disk disk, Clock clock, LogOptions options, Executor background) throws IOException {
        this.disk = disk;
        this.clock = clock;
        this.options = options;
        snapshotter = new Snapshotter(disk, options, background);
        writer = new Writer(inbox, disk, options, Recovery.of(disk, options), snapshotter);
    }

    /// Opens the store in a directory, and makes it when absent.
    /// @throws CorruptLogException when the disk has lost or changed what was written
    /// @throws IOException in words for the operator: in use by another process, made by newer code, no space
    public static LogStore open(Path directory, Clock clock, LogOptions options) throws IOException {
        var disk = new DirectoryDisk(directory);
        try {
            return new LogStore(disk, clock, options, Thread::startVirtualThread).started();
        } catch (IOException | RuntimeException e) {
            disk.close();
            throw e;
        }
    }

    /// The same engine with nothing on disk: for tests.
    public static LogStore inMemory(Clock clock) {
        return inMemory(clock, LogOptions.standard());
    }

    public static LogStore inMemory(Clock clock, LogOptions options) {
        try {
            return new LogStore(new NoDisk(), clock, options.withLogBytesMin(Long.MAX_VALUE), Runnable::run).started();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long revision() {
        return writer.state().revision();
    }

    @Override
    public Snapshot snapshot() {
        return writer.state();
    }

    @Override
    public Snapshot snapshot(long revision) throws CompactedException {
        return writer.state().at(revision);
    }

    @Override
    public List<Event> events(String prefix, long after) throws CompactedException {
        return writer.state().events(prefix, after);
    }

    @Override
    public AutoCloseable listen(Consumer<List<Event>> onCommit) {
        return writer.listen(onCommit);
    }

    @Override
    public Entry put(Put put) throws ConflictException, IOException {
        return await(submit(put)).entry();
    }

    @Override
    public Event delete(String key, long expectedRevision, Durability durability) throws ConflictException, IOException {
        return await(submit(new Delete(key, expectedRevision, durability)));
    }

    CompletableFuture<Event> submit(Write write) throws IOException {
        if (write.bytes() > VALUE_BYTES_MAX) {
            throw new IllegalArgumentException("%s: %d bytes are more than the %d a value may have"
                    .formatted(write.key(), write.bytes(), VALUE_BYTES_MAX));
        }
        var proposal = new Proposal(write);
        inbox.add(proposal);
        return proposal.answer();
    }

    static Event await(CompletableFuture<Event> answer) throws ConflictException, IOException {
        try {
            return answer.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case ConflictException conflict -> throw conflict;
                case IOException refused -> throw refused;
                default -> throw e;
            }
        }
    }

    /// Writes the newest state in the form of a snapshot; writers go on meanwhile. Sealed values stay sealed.
    public void backupTo(OutputStream output) throws IOException {
        var state = writer.state();
        SnapshotWriter.Sink sink = bytes -> output.write(bytes.array(), bytes.position(), bytes.remaining());
        new SnapshotWriter(options, sink, BACKUP_PIECE_BYTES).write(state.tree(), state.revision(), state.revision());
        output.flush();
    }

    /// Fills an empty directory from a backup, for [#open]. All is checked before any of it counts.
    /// @throws CorruptLogException when the backup is damaged or incomplete
    /// @throws IOException when the directory holds a store already, or the backup was made by newer code
    public static void restore(InputStream backup, Path directory) throws IOException {
        try (var disk = new DirectoryDisk(directory)) {
            new Restore(disk).from(backup);
        }
    }

    /// Reads back what is on disk and compares it with memory; writes wait meanwhile.
    /// @throws IllegalStateException naming the first key that differs
    public void verify() throws IOException {
        if (thread == null || !thread.isAlive()) {
            writer.verify();
            return;
        }
        var check = new FutureTask<>(() -> {
            writer.verify();
            return null;
        });
        writer.run(check);
        result(check);
    }

    private static void result(FutureTask<?> task) throws IOException {
        try {
            task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failed) throw failed;
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the store is checked", e);
        }
    }

    /// One step of the writer, for whoever runs the store without its thread.
    boolean runOnce() {
        return writer.runOnce(null, clock.instant());
    }

    private LogStore started() {
        thread = Thread.ofVirtual().name("store-writer").start(this::run);
        return this;
    }

    private void run() {
        try {
            while (!inbox.closed()) {
                var first = inbox.await(writer.idle(clock.instant()).toMillis());
                writer.runOnce(first, clock.instant());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the writer", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (inbox.closed()) return;
        inbox.close();
        if (thread != null) join();
        while (runOnce()) { }
        try (disk) {
            writer.close();
        }
    }

    private void join() throws IOException {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while closing the store", e);
        }
    }
}
