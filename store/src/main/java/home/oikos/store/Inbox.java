package home.oikos.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The writes that wait for the writer. Any thread adds, only the writer takes.
final class Inbox {
    /// 1,024 writes are about ten commits of 128 clients: more means the disk cannot follow.
    static final int WRITES_MAX = 1_024;
    /// A write holds at most a few MiB; 32 MiB in waiting is what a process of 180 MB can lend.
    static final long BYTES_MAX = 32L << 20;
    /// One commit carries at most this much, so that its latency and its buffer stay bounded.
    static final long BATCH_BYTES_MAX = 4L << 20;

    private final ArrayBlockingQueue<Proposal> queue = new ArrayBlockingQueue<>(WRITES_MAX);
    private final AtomicLong bytes = new AtomicLong();
    /// Wakes the writer; carries nothing.
    private final Proposal wake = new Proposal(new Delete("", 0, Durability.VOLATILE));
    private volatile boolean closed;

    void add(Proposal proposal) throws IOException {
        long size = proposal.write().bytes();
        if (closed) throw new IOException("the store is closed");
        if (bytes.addAndGet(size) > BYTES_MAX || !queue.offer(proposal)) {
            throw new InboxFullException(queue.size(), bytes.getAndAdd(-size) - size);
        }
        // Whoever slipped in while the store closed must not wait for a writer that has gone.
        if (closed && queue.remove(proposal)) throw new IOException("the store is closed");
    }

    /// Waits for a write; null when the time is over or the store closes.
    Proposal await(long millis) throws InterruptedException {
        var first = queue.poll(millis, TimeUnit.MILLISECONDS);
        return first == wake ? null : first;
    }

    /// What waits now, as much as fits into one commit.
    List<Proposal> drain(Proposal first) {
        var batch = new ArrayList<Proposal>();
        long size = 0;
        for (var next = first != null ? first : queue.poll(); next != null; next = queue.poll()) {
            if (next != wake) {
                batch.add(next);
                size += next.write().bytes();
            }
            if (size >= BATCH_BYTES_MAX) break;
        }
        bytes.addAndGet(-size);
        return batch;
    }

    /// Ends the writer's wait. A full queue needs no waking.
    void wake() {
        queue.offer(wake);
    }

    void close() {
        closed = true;
        wake();
    }

    boolean closed() {
        return closed;
    }
}
