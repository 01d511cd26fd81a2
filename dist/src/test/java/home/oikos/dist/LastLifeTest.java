package home.oikos.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastLifeTest {
    private static final Instant SIGN = Instant.parse("2026-01-02T03:12:00Z");

    @TempDir Path data;

    private void aLifeWithASign() throws Exception {
        LastLife.begin(data, "boot-1");
        var log = Files.writeString(Files.createDirectories(data.resolve("store")).resolve("log"), "x");
        for (var file : new Path[] {log, data.resolve("running")}) Files.setLastModifiedTime(file, FileTime.from(SIGN));
    }

    @Test void theFirstLifeHasNoPast() throws Exception {
        assertEquals(Optional.empty(), LastLife.begin(data, "boot-1").cut());
    }

    @Test void whoWasKilledUnderTheSameBootHadPower() throws Exception {
        aLifeWithASign();
        assertEquals(Optional.empty(), LastLife.begin(data, "boot-1").cut());
    }

    @Test void whoFindsItselfUnderAnotherBootLostItsPowerAfterItsLastSign() throws Exception {
        aLifeWithASign();
        assertEquals(Optional.of(SIGN), LastLife.begin(data, "boot-2").cut());
        assertEquals(Optional.empty(), LastLife.begin(data, "boot-2").cut(), "told once");
    }

    @Test void anOrderlyEndIsNoPowerCut() throws Exception {
        LastLife.begin(data, "boot-1").close();
        assertEquals(Optional.empty(), LastLife.begin(data, "boot-2").cut());
    }
}
