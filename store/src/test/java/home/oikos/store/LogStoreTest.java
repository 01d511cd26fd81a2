package home.oikos.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogStoreTest extends StoreContract {
    @TempDir
    Path directory;

    @Override
    Store open() throws IOException {
        return LogStore.open(directory, Clock.systemUTC(), LogOptions.standard());
    }

    @Override
    void verify(Store store) throws IOException {
        ((LogStore) store).verify();
    }

    @Test
    void whatWasWrittenIsThereAfterOpeningAgain() throws Exception {
        var a = store.put(put("/a", 0));
        var b = store.put(put("/b", 0));
        store.put(put("/a", "w", a.revision(), Durability.RELAXED));
        store.delete("/b", b.revision(), Durability.DURABLE);
        store.close();
        store = open();
        assertEquals("{w:4}", text(store.snapshot().get("/a").orElseThrow()));
        assertEquals(a.revision(), store.snapshot().get("/a").orElseThrow().createRevision());
        assertTrue(store.snapshot().get("/b").isEmpty());
        assertTrue(store.revision() > 5);
    }

    @Test
    void aSecondStoreOnTheDirectoryIsRefusedAndToldWhoHoldsIt() {
        var refused = assertThrows(IOException.class, this::open);
        assertTrue(refused.getMessage().contains("in use by process " + ProcessHandle.current().pid()), refused.getMessage());
    }
}
