package home.oikos.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollTest {
    private static final int KEYS = 50;
    private static final int VALUE_BYTES = 1_400;

    private static void overwrite(SteppedStore home, int times) throws Exception {
        for (int i = 0; i < times; i++) home.put("/k/" + i % KEYS, new byte[VALUE_BYTES], Durability.DURABLE);
    }

    @Test
    void theDiskHoldsAtMostFourTimesTheLiveBytes() throws Exception {
        try (var home = new SteppedStore(LogOptions.standard().withLogBytesMin(1_000))) {
            for (int round = 0; round < 40; round++) {
                overwrite(home, KEYS);
                home.runBackground();
                assertTrue(home.disk.usedBytes() < 4L * KEYS * (VALUE_BYTES + 60), "bytes used: " + home.disk.usedBytes());
            }
        }
    }

    @Test
    void writersGoOnWhileASnapshotWaitsAndAllIsThereAfterwards() throws Exception {
        var home = new SteppedStore(LogOptions.standard().withLogBytesMin(1_000));
        overwrite(home, 10 * KEYS);
        assertEquals(1, home.background.size());
        var expected = revisions(home.store);
        home.disk.losePower();
        home.background.clear();
        home.open();
        assertEquals(expected, revisions(home.store));
        home.close();
    }

    @Test
    void aSnapshotThatFindsNoRoomIsReportedAndCostsNothing() throws Exception {
        var home = new SteppedStore(LogOptions.standard().withLogBytesMin(1_000));
        overwrite(home, 3 * KEYS);
        home.runBackground();
        overwrite(home, 3 * KEYS);
        home.disk.limit(home.disk.usedBytes() + 5_000);
        home.runBackground();
        assertTrue(home.reports.toString().contains("could not be shortened"), home.reports.toString());
        home.disk.limit(Long.MAX_VALUE);
        var expected = revisions(home.store);
        home.disk.losePower();
        home.open();
        assertEquals(expected, revisions(home.store));
        home.close();
    }

    private static List<String> revisions(Store store) {
        var lines = new ArrayList<String>();
        store.snapshot().range("", "", entry -> lines.add(entry.key() + "=" + entry.revision()));
        return lines;
    }
}
