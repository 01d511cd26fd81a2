package home.oikos.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    private static final int ENTRIES = 500;

    @TempDir
    Path directory;

    private byte[] backup() throws Exception {
        try (var store = LogStore.open(directory.resolve("home"), Clock.systemUTC(), LogOptions.standard())) {
            for (int i = 0; i < ENTRIES; i++) store.put(StoreContract.put("/k/" + i, "x".repeat(i), 0, Durability.RELAXED));
            var output = new ByteArrayOutputStream();
            store.backupTo(output);
            store.put(StoreContract.put("/later", 0));
            return output.toByteArray();
        }
    }

    private LogStore open(String name) throws IOException {
        return LogStore.open(directory.resolve(name), Clock.systemUTC(), LogOptions.standard());
    }

    @Test
    void aRestoredHomeIsTheOneThatWasBackedUpAndItsRevisionsGoOnFarAhead() throws Exception {
        LogStore.restore(new ByteArrayInputStream(backup()), directory.resolve("new"));
        try (var old = open("home"); var restored = open("new")) {
            var expected = new TreeMap<String, String>();
            old.snapshot().range("/k/", "", entry -> expected.put(entry.key(), StoreContract.text(entry)) == null);
            var found = new TreeMap<String, String>();
            restored.snapshot().range("", "", entry -> found.put(entry.key(), StoreContract.text(entry)) == null);
            assertEquals(expected, found);
            assertTrue(restored.revision() > old.revision() + Restore.REVISION_STEP / 2);
            restored.put(StoreContract.put("/new", 0));
            restored.verify();
        }
    }

    @Test
    void aDamagedOrIncompleteBackupIsRefusedAndLeavesNothingThatOpens() throws Exception {
        var backup = backup();
        var flipped = backup.clone();
        flipped[backup.length / 2] ^= 1;
        for (var bad : new byte[][] {flipped, Arrays.copyOf(backup, backup.length - 30), Arrays.copyOf(backup, 5), {},
                Arrays.copyOf(backup, backup.length + 10)}) {
            var target = directory.resolve("bad" + bad.length);
            assertThrows(IOException.class, () -> LogStore.restore(new ByteArrayInputStream(bad), target));
            try (var files = Files.list(target)) {
                assertTrue(files.noneMatch(file -> file.getFileName().toString().matches("(log|snapshot)-.*")));
            }
        }
    }

    @Test
    void restoringOverAHomeIsRefused() throws Exception {
        var backup = backup();
        var refused = assertThrows(IOException.class, () -> LogStore.restore(new ByteArrayInputStream(backup), directory.resolve("home")));
        assertTrue(refused.getMessage().contains("there is a store in this directory already"), refused.getMessage());
    }
}
