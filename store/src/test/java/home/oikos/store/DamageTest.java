package home.oikos.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the disk gives back is not what was written.
class DamageTest {
    private static final String LOG = "log-0000000001";

    private SteppedStore home;

    @BeforeEach
    void open() throws Exception {
        home = new SteppedStore(LogOptions.standard());
        for (int i = 0; i < 10; i++) home.put("/k/" + i, new byte[100], Durability.DURABLE);
    }


    @Test
    void aTornTailIsCutOffAndSaid() throws Exception {
        home.store.close();
        home.disk.append(LOG, new byte[] {0, 0, 0, 99, 1, 2, 3});
        home.open();
        assertTrue(home.reports.toString().contains("log-0000000001: the last 7 bytes were an unfinished write"), home.reports.toString());
        assertEquals(10, home.store.snapshot().count("/k/"));
        home.close();
    }

    @Test
    void aTailOfZerosIsCutOff() throws Exception {
        home.store.close();
        home.disk.append(LOG, new byte[5_000]);
        home.open();
        assertEquals(10, home.store.snapshot().count("/k/"));
        home.close();
    }

    @Test
    void aFlippedBitInAnyRecordButTheLastIsNamedAndNothingIsChanged() throws Exception {
        home.store.close();
        var bytes = home.disk.bytes(LOG);
        var random = new SplittableRandom(7);
        int lastRecord = bytes.length - 160;
        for (int round = 0; round < 200; round++) {
            int at = FileHeader.BYTES + random.nextInt(lastRecord - FileHeader.BYTES);
            var before = bytes.clone();
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            var damaged = assertThrows(CorruptLogException.class, home::open, "bit flipped at " + at);
            assertEquals(LOG, damaged.file());
            assertTrue(damaged.offset() <= at && damaged.offset() > at - 160, damaged.getMessage());
            assertEquals(before.length, home.disk.bytes(LOG).length);
            System.arraycopy(before, 0, bytes, 0, before.length);
        }
        home.open();
        home.close();
    }

    @Test
    void unsyncedRecordsThatSurvivedBehindALostOneAreATornTail() throws Exception {
        home.put("/reserve", Durability.VOLATILE);
        int start = home.disk.bytes(LOG).length;
        home.put("/relaxed/1", new byte[100], Durability.RELAXED);
        home.put("/relaxed/2", new byte[100], Durability.RELAXED);
        home.disk.bytes(LOG)[start + 60] ^= 1;
        home.open();
        assertEquals(0, home.store.snapshot().count("/relaxed/"));
        assertEquals(10, home.store.snapshot().count("/k/"));
        assertEquals(start, home.disk.bytes(LOG).length);
        home.close();
    }

    @Test
    void dataOfANewerFormatIsRefusedInWords() throws Exception {
        home.store.close();
        System.arraycopy(FileHeader.encode(FileHeader.FORMAT + 1).array(), 0, home.disk.bytes(LOG), 0, FileHeader.BYTES);
        var refused = assertThrows(IOException.class, home::open);
        assertTrue(refused.getMessage().contains("made by a newer Oikos"), refused.getMessage());
    }

    @Test
    void aFileThatIsNotOursIsRefused() throws Exception {
        home.store.close();
        home.disk.bytes(LOG)[3] = 'X';
        assertEquals(0, assertThrows(CorruptLogException.class, home::open).offset());
    }

    @Test
    void aMissingLogIsNamed() throws Exception {
        var rolled = new SteppedStore(LogOptions.standard().withLogBytesMin(1_000));
        for (int i = 0; i < 20; i++) rolled.put("/k", new byte[100], Durability.DURABLE);
        rolled.runBackground();
        rolled.store.close();
        var newest = rolled.disk.list().stream().filter(name -> name.startsWith("log-")).findFirst().orElseThrow();
        rolled.disk.delete(newest);
        assertEquals(newest, assertThrows(CorruptLogException.class, rolled::open).file());
    }

    @Test
    void aDamagedSnapshotIsNamed() throws Exception {
        var rolled = new SteppedStore(LogOptions.standard().withLogBytesMin(1_000));
        for (int i = 0; i < 20; i++) rolled.put("/k/" + i, new byte[100], Durability.DURABLE);
        rolled.runBackground();
        rolled.store.close();
        var snapshot = rolled.disk.list().stream().filter(name -> name.startsWith("snapshot-")).findFirst().orElseThrow();
        rolled.disk.bytes(snapshot)[200] ^= 4;
        assertEquals(snapshot, assertThrows(CorruptLogException.class, rolled::open).file());
    }

    @Test
    void theConsistencyCheckSeesADiskThatDiffersFromMemory() {
        home.disk.bytes(LOG)[FileHeader.BYTES + 100] ^= 1;
        assertThrows(IOException.class, home.store::verify);
    }
}
