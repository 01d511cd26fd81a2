package home.oikos.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DurabilityTest {
    private SteppedStore home;

    @BeforeEach
    void open() throws IOException {
        home = new SteppedStore(LogOptions.standard());
    }

    @AfterEach
    void close() throws IOException {
        home.close();
    }

    private void losePower() throws IOException {
        home.disk.losePower();
        home.open();
    }

    private void kill() throws IOException {
        home.disk.killProcess();
        home.open();
    }

    @Test
    void manyDurableWritesInOneCommitShareOneSync() throws Exception {
        long before = home.disk.syncs();
        for (int i = 0; i < 128; i++) home.store.submit(StoreContract.put("/k/" + i, 0));
        home.store.runOnce();
        assertEquals(before + 1, home.disk.syncs());
        assertEquals(128, home.store.snapshot().count("/k/"));
    }

    @Test
    void aRelaxedWriteSurvivesAKill() throws Exception {
        home.put("/a", Durability.RELAXED);
        kill();
        assertTrue(home.has("/a"));
    }

    @Test
    void aRelaxedWriteIsSyncedWithTheNextDurableOne() throws Exception {
        home.put("/a", Durability.RELAXED);
        home.put("/b", Durability.DURABLE);
        losePower();
        assertTrue(home.has("/a"));
    }

    @Test
    void aRelaxedWriteIsSyncedAfterThirtySecondsAndNotBefore() throws Exception {
        home.put("/a", Durability.VOLATILE);
        long before = home.disk.syncs();
        home.put("/b", Durability.RELAXED);
        home.clock.advance(Writer.RELAXED_SYNC_PERIOD.minusMillis(1));
        assertFalse(home.store.runOnce());
        assertEquals(before, home.disk.syncs());
        home.clock.advance(Duration.ofMillis(1));
        assertTrue(home.store.runOnce());
        assertEquals(before + 1, home.disk.syncs());
        losePower();
        assertTrue(home.has("/b"));
    }

    @Test
    void aVolatileWriteCostsTheDiskNothingAndIsGoneAfterAKill() throws Exception {
        home.put("/node", Durability.DURABLE);
        home.put("/node", Durability.VOLATILE);
        long bytes = home.disk.usedBytes();
        for (int i = 0; i < 1_000; i++) home.put("/node", Durability.VOLATILE);
        assertEquals(bytes, home.disk.usedBytes());
        kill();
        assertEquals(2, home.store.snapshot().get("/node").orElseThrow().revision());
    }

    @Test
    void aRevisionThatWasSeenIsNotHandedOutAgainAndIsCompactedAfterACrash() throws Exception {
        var seen = new ArrayList<Long>();
        for (int life = 0; life < 5; life++) {
            for (var durability : Durability.values()) seen.add(home.put("/" + durability, durability).revision());
            seen.add(home.put("/heartbeat", Durability.VOLATILE).revision());
            losePower();
            for (var revision : seen) {
                assertThrows(CompactedException.class, () -> home.store.events("", revision));
                assertThrows(CompactedException.class, () -> home.store.snapshot(revision));
            }
        }
        assertEquals(seen.size(), seen.stream().distinct().count());
        assertEquals(seen.stream().sorted().toList(), seen);
    }

    @Test
    void aFullDiskRefusesTheWriteLeavesNoTraceAndWorksAgainWhenThereIsRoom() throws Exception {
        home.put("/a", Durability.DURABLE);
        home.disk.limit(home.disk.usedBytes() + 20);
        var refused = assertThrows(IOException.class, () -> home.put("/b", Durability.DURABLE));
        assertTrue(refused.getMessage().contains("No space left"), refused.getMessage());
        assertFalse(home.has("/b"));
        home.disk.limit(Long.MAX_VALUE);
        assertEquals(3, home.put("/c", Durability.DURABLE).revision());
        losePower();
        assertTrue(home.has("/a") && home.has("/c") && !home.has("/b"));
        assertEquals("", home.reports.toString());
    }

    @Test
    void afterAFailedSyncNothingIsAcknowledgedUntilTheStoreIsOpenedAgain() throws Exception {
        home.put("/a", Durability.DURABLE);
        home.disk.failSyncs(true);
        assertThrows(IOException.class, () -> home.put("/b", Durability.DURABLE));
        home.disk.failSyncs(false);
        var refused = assertThrows(IOException.class, () -> home.put("/c", Durability.DURABLE));
        assertTrue(refused.getMessage().contains("nothing is written until the store is opened again"), refused.getMessage());
        assertTrue(home.has("/a") && !home.has("/b"));
        losePower();
        assertTrue(home.has("/a"));
        home.put("/c", Durability.DURABLE);
    }

    @Test
    void aFailedSyncOfRelaxedWritesIsToldToTheOperator() throws Exception {
        home.put("/a", Durability.RELAXED);
        // The first was synced with the reservation of its revision; this one waits for its time.
        home.put("/b", Durability.RELAXED);
        home.clock.advance(Writer.RELAXED_SYNC_PERIOD);
        home.disk.failSyncs(true);
        home.store.runOnce();
        assertTrue(home.reports.toString().contains("may not survive a power cut"), home.reports.toString());
        losePower();
    }

    @Test
    void aSealedValueIsPlainInMemoryAndNotOnDisk() throws Exception {
        var secret = "correct horse battery staple";
        var options = LogOptions.standard().withSeals(Map.of("/secrets/", new MirrorSeal()));
        var sealed = new SteppedStore(options);
        sealed.put("/secrets/a", secret.getBytes(StandardCharsets.UTF_8), Durability.DURABLE);
        sealed.put("/plain/a", "in the open".getBytes(StandardCharsets.UTF_8), Durability.DURABLE);
        var log = new String(sealed.disk.bytes("log-0000000001"), StandardCharsets.ISO_8859_1);
        assertTrue(log.contains("in the open") && !log.contains(secret));
        sealed.disk.losePower();
        sealed.open();
        assertEquals("v2" + secret, StoreContract.text(sealed.store.snapshot().get("/secrets/a").orElseThrow()));
        sealed.close();
        var unsealed = assertThrows(IOException.class, () -> new SteppedStore(sealed.disk, LogOptions.standard()));
        assertTrue(unsealed.getMessage().contains("/secrets/a is sealed"), unsealed.getMessage());
    }
}
