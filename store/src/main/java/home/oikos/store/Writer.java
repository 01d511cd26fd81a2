package home.oikos.store;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// The one place where state changes. Takes what waits, decides it, writes and syncs it, publishes the new state, tells the
/// listeners, answers. One thread calls it, or a simulation step by step.
final class Writer {
    /// A relaxed write is synced after this long at the latest.
    static final Duration RELAXED_SYNC_PERIOD = Duration.ofSeconds(30);
    /// Revisions are reserved in blocks of this many: a home's two heartbeats every 10 s use one block in 14 hours.
    static final long REVISION_BLOCK = 10_000;
    /// The log is rolled at twice the live bytes: each byte of change is then written once to the log and half a time to a
    /// snapshot, and with pages rounded up at batch 8 that stays below 2.5. The disk holds at most 4 times the live bytes.
    static final int LOG_PER_LIVE_BYTES = 2;

    private final Inbox inbox;
    private final Disk disk;
    private final LogOptions options;
    private final Sealing sealing;
    private final History history;
    private final Snapshotter snapshotter;
    private final List<Consumer<List<Event>>> listeners = new CopyOnWriteArrayList<>();
    private volatile State state;
    private Log log;
    private long reserved;
    private long liveBytes;
    private long rollAtBytes;
    private Instant syncDue;
    /// Keys whose newest change is volatile; a home has two or three.
    private final Set<String> unlogged = new HashSet<>();
    private final Queue<Runnable> errands = new ConcurrentLinkedQueue<>();

    Writer(Inbox inbox, Disk disk, LogOptions options, Recovery recovery, Snapshotter snapshotter) {
        this.inbox = inbox;
        this.disk = disk;
        this.options = options;
        this.snapshotter = snapshotter;
        sealing = new Sealing(options.seals());
        history = new History(recovery.revision(), options.historyAge(), options.historyBytesMax());
        state = new State(recovery.revision(), recovery.tree(), history.view(recovery.revision()));
        log = recovery.log();
        recovery.tree().range("", "", entry -> (liveBytes += LogRecord.bytes(entry)) >= 0);
        rollAtBytes = rollAt();
    }

    State state() {
        return state;
    }

    AutoCloseable listen(Consumer<List<Event>> listener) {
        // Each registration is its own: the same consumer may listen twice.
        Consumer<List<Event>> own = listener::accept;
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    /// Runs something on the writer's thread between two commits.
    void run(Runnable errand) {
        errands.add(errand);
        inbox.wake();
    }

    /// How long nothing has to be done when nobody writes.
    Duration idle(Instant now) {
        if (syncDue == null) return RELAXED_SYNC_PERIOD;
        return syncDue.isAfter(now) ? Duration.between(now, syncDue) : Duration.ZERO;
    }

    /// One commit of whatever waits, and the sync that is due. Never waits, except for the disk.
    /// @param first a write that was taken from the inbox already, or null
    /// @return false when there was nothing to do
    boolean runOnce(Proposal first, Instant now) {
        var proposals = inbox.drain(first);
        if (!proposals.isEmpty()) commit(new Batch(state, proposals), now);
        for (var errand = errands.poll(); errand != null; errand = errands.poll()) errand.run();
        boolean due = syncDue != null && !now.isBefore(syncDue);
        if (due) syncRelaxed();
        return due || !proposals.isEmpty();
    }

    /// What relaxed writes left unsynced is synced, and the log closed.
    void close() throws IOException {
        snapshotter.await();
        try (var last = log) {
            if (last.unsynced()) last.sync();
        }
    }

    /// Reads the disk back and compares. On the writer's thread, or after it has ended; writes wait meanwhile.
    void verify() throws IOException {
        snapshotter.await();
        new Consistency(state.tree(), Replay.of(disk, options.seals()).tree(), unlogged).check();
    }

    private void commit(Batch batch, Instant now) {
        try {
            persist(batch, now);
        } catch (IOException e) {
            batch.refuse(e);
            return;
        } catch (RuntimeException e) {
            log.unstage();
            batch.refuse(new IOException("the write could not be put into a record: " + e, e));
            return;
        }
        if (!batch.events().isEmpty()) publish(batch, now);
        batch.answer();
        if (log.size() >= rollAtBytes && !snapshotter.isBusy()) roll();
    }

    private void persist(Batch batch, Instant now) throws IOException {
        boolean reserve = batch.unsyncedRevision() > reserved;
        if (reserve) log.stageReserve(batch.revision() + REVISION_BLOCK);
        for (int i = 0; i < batch.events().size(); i++) {
            var event = batch.events().get(i);
            if (batch.isLogged(i)) log.stage(event, sealing.of(event.key()));
        }
        log.write();
        if (reserve || batch.isDurable()) {
            log.sync();
            syncDue = null;
        } else if (log.unsynced() && syncDue == null) {
            syncDue = now.plus(RELAXED_SYNC_PERIOD);
        }
        if (reserve) reserved = batch.revision() + REVISION_BLOCK;
    }

    private void publish(Batch batch, Instant now) {
        history.append(batch.events(), now);
        liveBytes += batch.grownBytes();
        for (int i = 0; i < batch.events().size(); i++) markLogged(batch.events().get(i).key(), batch.isLogged(i));
        state = new State(batch.revision(), batch.tree(), history.view(batch.revision()));
        for (var listener : listeners) notify(listener, List.copyOf(batch.events()));
    }

    private void markLogged(String key, boolean logged) {
        if (logged) unlogged.remove(key);
        else unlogged.add(key);
    }

    /// A listener that breaks must not stop the writes of all others.
    private void notify(Consumer<List<Event>> listener, List<Event> events) {
        try {
            listener.accept(events);
        } catch (RuntimeException e) {
            options.report().accept("a listener of the store failed at revision %d: %s".formatted(events.getLast().revision(), e));
        }
    }

    private void syncRelaxed() {
        syncDue = null;
        try {
            log.sync();
        } catch (IOException e) {
            options.report().accept("writes of the last %d s may not survive a power cut, and new ones are refused: %s"
                    .formatted(RELAXED_SYNC_PERIOD.toSeconds(), e.getMessage()));
        }
    }

    /// Goes on in a new log, and lets a snapshot of the state between make the older ones superfluous.
    private void roll() {
        try {
            log.sync();
            var next = Log.create(disk, log.number() + 1);
            log.close();
            log = next;
            syncDue = null;
            snapshotter.start(log.number(), state.tree(), state.revision(), reserved);
        } catch (IOException e) {
            options.report().accept("no new log could be begun: %s; the old one grows".formatted(e.getMessage()));
        }
        rollAtBytes = log.size() + rollAt();
    }

    private long rollAt() {
        return Math.max(options.logBytesMin(), LOG_PER_LIVE_BYTES * liveBytes);
    }
}
