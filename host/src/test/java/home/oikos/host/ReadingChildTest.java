package home.oikos.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadingChildTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    private final byte[] buffer = new byte[1_000];

    @Test
    void whatItPrintsIsReadAndItsEndIsTold() throws Exception {
        try (var child = ReadingChild.start("printf", "clicks")) {
            assertEquals("clicks", new String(buffer, 0, child.read(buffer, LONG), StandardCharsets.US_ASCII));
            assertEquals(-1, child.read(buffer, LONG));
        }
    }

    @Test
    void oneThatSaysNothingIsWaitedForNoLongerThanAsked() throws Exception {
        try (var child = ReadingChild.start("sleep", "600")) {
            assertEquals(0, child.read(buffer, Duration.ofMillis(1)));
        }
    }

    @Test
    void itEndsWithItsReader() throws Exception {
        var child = ReadingChild.start("cat", "/dev/zero");
        assertTrue(child.read(buffer, LONG) > 0);
        child.close();
        assertThrows(IOException.class, () -> {
            while (child.read(buffer, LONG) >= 0) Thread.onSpinWait();
        });
    }

    @Test
    void oneThatIsNotThereIsToldInWords() {
        var missing = assertThrows(CommandException.class, () -> ReadingChild.start("no-such-program"));
        assertTrue(missing.getMessage().contains("no-such-program: cannot be run"), missing.getMessage());
    }
}
