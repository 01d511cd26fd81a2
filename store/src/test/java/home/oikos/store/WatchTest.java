package home.oikos.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Watches that begin while others write and history is dropped all the time: the shapes of etcd's known defects.
class WatchTest {
    private static final int WRITES = 3_000;
    private static final int WRITERS = 8;
    private static final int WATCHERS = 6;
    private static final int HISTORY_BYTES_MAX = 30_000;

    @Test
    void aWatchBegunAtAnyMomentSeesEveryLaterEventOnceAndInOrder() throws Exception {
        var options = LogOptions.standard().withHistory(Duration.ofMinutes(5), HISTORY_BYTES_MAX);
        var ended = new AtomicBoolean();
        try (var store = LogStore.inMemory(Clock.systemUTC(), options); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var watches = new ArrayList<Future<Integer>>();
            for (int i = 0; i < WATCHERS; i++) watches.add(threads.submit(() -> watchUntil(ended, store)));
            var writers = new ArrayList<Future<Void>>();
            for (int i = 0; i < WRITERS; i++) writers.add(threads.submit(writer(store, "/k/" + i)));
            for (var writer : writers) writer.get();
            ended.set(true);
            for (var watch : watches) assertTrue(watch.get() > 0, "no watch was begun");
        }
    }

    private static Callable<Void> writer(Store store, String key) {
        return () -> {
            for (int i = 0; i < WRITES / WRITERS; i++) {
                var entry = store.put(StoreContract.put(key, 0));
                store.delete(key, entry.revision(), Durability.DURABLE);
            }
            return null;
        };
    }

    private static int watchUntil(AtomicBoolean ended, Store store) throws Exception {
        int watches = 0;
        while (!ended.get()) {
            watchOnce(store);
            watches++;
        }
        return watches;
    }

    /// As the API server does it: listen, then ask for what came between, then join the two.
    private static void watchOnce(Store store) throws Exception {
        long from = store.snapshot().revision();
        var live = Collections.synchronizedList(new ArrayList<Event>());
        try (var _ = store.listen(live::addAll)) {
            var seen = new ArrayList<Long>();
            List<Event> missed;
            try {
                missed = store.events("", from);
            } catch (CompactedException _) {
                return;
            }
            missed.forEach(event -> seen.add(event.revision()));
            long joined = seen.isEmpty() ? from : seen.getLast();
            long until = store.revision();
            List.copyOf(live).stream().map(Event::revision).filter(revision -> revision > joined && revision <= until).forEach(seen::add);
            for (int i = 0; i < seen.size(); i++) assertEquals(from + 1 + i, seen.get(i));
        }
    }

    @Test
    void whileOthersWriteTheRevisionNeverGoesBackAndASnapshotNeverChanges() throws Exception {
        var ended = new AtomicBoolean();
        try (var store = LogStore.inMemory(Clock.systemUTC()); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var reader = threads.submit(() -> {
                long newest = 0;
                while (!ended.get()) {
                    var snapshot = store.snapshot();
                    assertTrue(snapshot.revision() >= newest);
                    newest = snapshot.revision();
                    assertEquals(snapshot.count(""), StoreContract.keys(snapshot, "", "").size());
                    assertTrue(newestEntry(snapshot) <= newest, "an entry is newer than its snapshot");
                }
                return null;
            });
            var writers = new ArrayList<Future<Void>>();
            for (int i = 0; i < WRITERS; i++) writers.add(threads.submit(writer(store, "/k/" + i)));
            for (var writer : writers) writer.get();
            ended.set(true);
            reader.get();
        }
    }

    private static long newestEntry(Snapshot snapshot) {
        var newest = new long[1];
        snapshot.range("", "", entry -> (newest[0] = Math.max(newest[0], entry.revision())) > 0);
        return newest[0];
    }
}
