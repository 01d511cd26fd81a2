package home.oikos.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Store] does, whatever is under it.
abstract class StoreContract {
    Store store;

    abstract Store open() throws IOException;

    /// Compares what is in memory with what is on disk.
    abstract void verify(Store store) throws IOException;

    @BeforeEach
    void openStore() throws IOException {
        store = open();
    }

    @AfterEach
    void verifyAndClose() throws IOException {
        verify(store);
        store.close();
    }

    static Put put(String key, String text, long expected, Durability durability) {
        var head = ("{" + text + ":").getBytes(StandardCharsets.UTF_8);
        return new Put(key, head, "}".getBytes(StandardCharsets.UTF_8), expected, durability, null);
    }

    static Put put(String key, long expected) {
        return put(key, "v", expected, Durability.DURABLE);
    }

    static String text(Entry entry) {
        return new String(entry.value(), StandardCharsets.UTF_8);
    }

    static List<String> keys(Snapshot snapshot, String prefix, String from) {
        var keys = new ArrayList<String>();
        snapshot.range(prefix, from, entry -> keys.add(entry.key()));
        return keys;
    }

    @Test
    void anEmptyStoreIsAtRevisionOne() {
        assertEquals(1, store.revision());
        assertEquals(0, store.snapshot().count(""));
    }

    @Test
    void theRevisionIsSplicedIntoTheValueAndFoundAgain() throws Exception {
        var entry = store.put(put("/a", 0));
        assertEquals("{v:2}", text(entry));
        assertEquals(2, entry.revision());
        assertEquals(2, entry.createRevision());
        assertEquals("{v:12345}", new String(entry.valueAt(12345), StandardCharsets.UTF_8));
        assertEquals(entry, store.snapshot().get("/a").orElseThrow());
    }

    @Test
    void anUpdateKeepsTheCreateRevision() throws Exception {
        var created = store.put(put("/a", 0));
        var updated = store.put(put("/a", created.revision()));
        assertEquals(created.revision(), updated.createRevision());
        assertEquals(3, updated.revision());
    }

    @Test
    void creatingAKeyThatExistsConflictsAndShowsWhatIsThere() throws Exception {
        var entry = store.put(put("/a", 0));
        var conflict = assertThrows(ConflictException.class, () -> store.put(put("/a", 0)));
        assertEquals(entry, conflict.found().orElseThrow());
        assertEquals(entry.revision(), store.revision());
    }

    @Test
    void updatingAtAnotherRevisionConflicts() throws Exception {
        store.put(put("/a", 0));
        assertThrows(ConflictException.class, () -> store.put(put("/a", 7)));
        assertTrue(assertThrows(ConflictException.class, () -> store.put(put("/b", 7))).found().isEmpty());
    }

    @Test
    void aDeleteTakesARevisionAndCarriesTheOldEntry() throws Exception {
        var entry = store.put(put("/a", 0));
        var event = store.delete("/a", entry.revision(), Durability.DURABLE);
        assertTrue(event.isDelete());
        assertEquals(entry, event.previous());
        assertEquals(3, event.revision());
        assertTrue(store.snapshot().get("/a").isEmpty());
    }

    @Test
    void deletingWhatIsAbsentConflicts() {
        assertThrows(ConflictException.class, () -> store.delete("/a", 0, Durability.DURABLE));
        assertThrows(ConflictException.class, () -> store.delete("/a", 5, Durability.DURABLE));
    }

    @Test
    void aRangeGoesInKeyOrderFromWhereItIsToldAndStaysUnderItsPrefix() throws Exception {
        for (var key : List.of("/b/2", "/a/9", "/b/1", "/c/1", "/b/3")) store.put(put(key, 0));
        var snapshot = store.snapshot();
        assertEquals(List.of("/b/1", "/b/2", "/b/3"), keys(snapshot, "/b/", "/b/"));
        assertEquals(List.of("/b/2", "/b/3"), keys(snapshot, "/b/", "/b/1\0"));
        assertEquals(List.of("/b/1", "/b/2", "/b/3"), keys(snapshot, "/b/", ""));
        assertEquals(3, snapshot.count("/b/"));
        assertEquals(5, snapshot.count(""));
        assertEquals(0, snapshot.count("/d/"));
    }

    @Test
    void aRangeEndsWhenTheVisitorHasEnough() throws Exception {
        for (int i = 0; i < 9; i++) store.put(put("/a/" + i, 0));
        var seen = new ArrayList<String>();
        store.snapshot().range("/a/", "/a/", entry -> {
            seen.add(entry.key());
            return seen.size() < 3;
        });
        assertEquals(List.of("/a/0", "/a/1", "/a/2"), seen);
    }

    @Test
    void aSnapshotDoesNotSeeLaterWrites() throws Exception {
        var first = store.put(put("/a", 0));
        var snapshot = store.snapshot();
        store.put(put("/a", first.revision()));
        store.put(put("/b", 0));
        assertEquals(first, snapshot.get("/a").orElseThrow());
        assertEquals(List.of("/a"), keys(snapshot, "", ""));
    }

    @Test
    void anEarlierRevisionIsSeenAsItWas() throws Exception {
        var a = store.put(put("/a", 0));
        var b = store.put(put("/b", 0));
        store.put(put("/a", a.revision()));
        store.delete("/b", b.revision(), Durability.DURABLE);
        store.put(put("/c", 0));
        var past = store.snapshot(b.revision());
        assertEquals(b.revision(), past.revision());
        assertEquals(a, past.get("/a").orElseThrow());
        assertEquals(List.of("/a", "/b"), keys(past, "", ""));
    }

    @Test
    void aFutureRevisionHasNoEventsAndNoSnapshot() throws Exception {
        store.put(put("/a", 0));
        assertEquals(List.of(), store.events("", 1_000));
        assertThrows(IllegalArgumentException.class, () -> store.snapshot(1_000));
    }

    @Test
    void eventsAfterARevisionComeInOrderAndOnlyUnderThePrefix() throws Exception {
        var a = store.put(put("/a/1", 0));
        store.put(put("/b/1", 0));
        var updated = store.put(put("/a/1", a.revision()));
        store.delete("/a/1", updated.revision(), Durability.DURABLE);
        var events = store.events("/a/", a.revision());
        assertEquals(List.of(4L, 5L), events.stream().map(Event::revision).toList());
        assertEquals(a, events.getFirst().previous());
        assertTrue(events.getLast().isDelete());
        assertEquals(List.of(), store.events("/a/", store.revision()));
    }

    @Test
    void aListenerHearsEveryCommitBeforeTheWriterAnswersAndNothingAfterItsClose() throws Exception {
        var heard = Collections.synchronizedList(new ArrayList<Event>());
        try (var _ = store.listen(heard::addAll)) {
            store.put(put("/a", 0));
            assertEquals(List.of(2L), heard.stream().map(Event::revision).toList());
            assertThrows(ConflictException.class, () -> store.put(put("/a", 0)));
        }
        store.put(put("/b", 0));
        assertEquals(1, heard.size());
    }

    @Test
    void aListenerThatBreaksStopsNobody() throws Exception {
        var heard = Collections.synchronizedList(new ArrayList<Event>());
        try (var _ = store.listen(_ -> { throw new IllegalStateException("broken"); }); var _ = store.listen(heard::addAll)) {
            store.put(put("/a", 0));
            store.put(put("/b", 0));
        }
        assertEquals(2, heard.size());
    }

    @Test
    void theAttachmentIsFoundAgainOnTheEntry() throws Exception {
        var labels = List.of("app=media");
        store.put(new Put("/a", new byte[0], new byte[0], 0, Durability.VOLATILE, labels));
        var attachment = store.snapshot().get("/a").orElseThrow().attachment();
        assertEquals(labels, attachment.content());
        attachment.put("frame");
        assertEquals("frame", store.snapshot().get("/a").orElseThrow().attachment().content());
    }

    @Test
    void allDurabilitiesShareOneSequenceAndAreSeenAtOnce() throws Exception {
        long expected = 2;
        for (var durability : Durability.values()) {
            assertEquals(expected++, store.put(put("/" + durability, "v", 0, durability)).revision());
            assertEquals(expected - 1, store.revision());
        }
        assertEquals(3, store.events("", 1).size());
    }

    @Test
    void ofManyWritersOfOneKeyExactlyOneWinsEachRound() throws Exception {
        int clients = 50;
        var won = Collections.synchronizedList(new ArrayList<Long>());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < clients; i++) {
                threads.submit(() -> won.add(store.put(put("/lock", 0)).revision()));
            }
        }
        assertEquals(1, won.size());
        assertEquals(2, store.revision());
    }

    @Test
    void manyWritersGetRevisionsOfTheirOwnWithoutAGap() throws Exception {
        int clients = 200;
        var revisions = Collections.synchronizedList(new ArrayList<Long>());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < clients; i++) {
                var key = "/k/" + i;
                threads.submit(() -> revisions.add(store.put(put(key, 0)).revision()));
            }
        }
        assertEquals(clients, revisions.stream().distinct().count());
        assertEquals(clients + 1, store.revision());
        assertEquals(clients, store.snapshot().count("/k/"));
    }

    @Test
    void keysAndValuesOfAnyBytesComeBackUnchanged() throws Exception {
        var head = new byte[300];
        for (int i = 0; i < head.length; i++) head[i] = (byte) i;
        var entry = store.put(new Put("/Küche/\uD83C\uDF72", head, new byte[0], 0, Durability.DURABLE, null));
        assertEquals(300, entry.digitsOffset());
        var expected = java.util.Arrays.copyOf(head, 301);
        expected[300] = '2';
        assertArrayEquals(expected, store.snapshot().get("/Küche/\uD83C\uDF72").orElseThrow().value());
    }

    @Test
    void aValueThatIsTooLargeIsRefusedBeforeItIsQueued() {
        var huge = new byte[LogStore.VALUE_BYTES_MAX + 1];
        assertThrows(IllegalArgumentException.class, () -> store.put(new Put("/a", huge, huge, 0, Durability.DURABLE, null)));
    }

    @Test
    void aClosedStoreRefusesWritesInWords() throws Exception {
        store.put(put("/a", 0));
        store.close();
        var refused = assertThrows(IOException.class, () -> store.put(put("/b", 0)));
        assertEquals("the store is closed", refused.getMessage());
        assertFalse(store.snapshot().get("/a").isEmpty());
    }
}
