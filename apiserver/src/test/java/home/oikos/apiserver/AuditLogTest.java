package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.*;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    @TempDir
    Path directory;

    @Test
    void logIsForItsOwnerOnlyAndGoesOnAfterARestart() throws Exception {
        try (var log = AuditLog.open(directory.resolve("audit"))) {
            log.write(JsonObject.of("n", 1));
        }
        try (var log = AuditLog.open(directory.resolve("audit"))) {
            log.write(JsonObject.of("n", 2));
        }
        assertEquals("{\"n\":1}\n{\"n\":2}\n", Files.readString(directory.resolve("audit/audit.log")));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("audit/audit.log"))));
    }

    @Test
    void oldFilesGoWhenTheNewestIsFullAndTheWholeStaysSmall() throws Exception {
        var line = JsonObject.of("text", "x".repeat(100_000));
        int lines = 400;
        try (var log = AuditLog.open(directory)) {
            for (int i = 0; i < lines; i++) log.write(line.with("n", i));
        }
        long bytes = 0;
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) bytes += Files.size(file);
        }
        assertTrue(bytes <= 20 << 20, "20 MiB in all, found " + bytes);
        assertTrue(bytes > 15 << 20, "and not much less, found " + bytes);
        var newest = Files.readAllLines(directory.resolve("audit.log"));
        assertEquals(lines - 1, Json.parse(newest.getLast()).at("n").integer(0));
        var before = Files.readAllLines(directory.resolve("audit.1.log"));
        assertEquals(Json.parse(newest.getFirst()).at("n").integer(0) - 1, Json.parse(before.getLast()).at("n").integer(0),
                "no line is lost between files");
    }
}
