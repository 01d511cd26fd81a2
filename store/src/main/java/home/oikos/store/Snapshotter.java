package home.oikos.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// Writes the state before a log beside it, so that older logs can go. Works in the background on an immutable tree; the
/// writer starts it and never waits. A failure costs nothing but space: the older logs stay, and the next roll tries again.
final class Snapshotter {
    /// Synced in pieces, so that a commit's fdatasync never has to wait for a whole snapshot on its way to the disk.
    private static final int PIECE_BYTES = 1 << 20;

    private final Disk disk;
    private final LogOptions options;
    private final Executor background;
    /// Set by the writer alone.
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

    Snapshotter(Disk disk, LogOptions options, Executor background) {
        this.disk = disk;
        this.options = options;
        this.background = background;
    }

    boolean isBusy() {
        return !running.isDone();
    }

    void await() {
        running.join();
    }

    /// @param number of the log that begins after this state
    void start(long number, Tree tree, long revision, long reserved) {
        running = CompletableFuture.runAsync(() -> run(number, tree, revision, reserved), background);
    }

    private void run(long number, Tree tree, long revision, long reserved) {
        try {
            write(number, tree, revision, reserved);
            forget(number);
        } catch (IOException | UncheckedIOException e) {
            options.report().accept("the log could not be shortened: %s; it grows until there is room".formatted(e.getMessage()));
        }
    }

    private void write(long number, Tree tree, long revision, long reserved) throws IOException {
        var unfinished = FileName.unfinished(number).toString();
        try (var file = disk.open(unfinished)) {
            file.cut(0);
            new SnapshotWriter(options, bytes -> {
                file.append(bytes);
                file.sync();
            }, PIECE_BYTES).write(tree, revision, reserved);
        }
        disk.rename(unfinished, FileName.snapshot(number).toString());
        disk.syncDirectory();
    }

    private void forget(long number) throws IOException {
        for (var file : FileName.all(disk.list())) {
            if (file.number() < number) disk.delete(file.toString());
        }
    }
}
