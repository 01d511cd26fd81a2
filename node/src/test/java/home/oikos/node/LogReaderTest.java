package home.oikos.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {
    private static final LogRequest ALL = new LogRequest("main", false, false, Optional.empty(), false, OptionalLong.empty(),
            OptionalLong.empty());

    @TempDir
    Path dir;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = dir.resolve("0.log");
        Files.writeString(dir.resolve("0.log.2"), "2026-11-24T12:00:00.1Z stdout F oldest\n");
        Files.writeString(dir.resolve("0.log.1"), "2026-11-24T12:00:00.2Z stdout F older\n");
        Files.writeString(file, """
                2026-11-24T12:00:01.000000001Z stdout F one
                2026-11-24T12:00:02Z stderr P two is
                2026-11-24T12:00:02Z stderr F  long
                not a line of ours
                2026-11-24T12:00:03+00:00 stdout F\s
                2026-11-24T12:00:04Z stdout F four
                """);
    }

    @Test
    void linesComeInTheirOrderWithTheRotatedPartFirst() throws IOException {
        assertEquals("oldest\nolder\none\ntwo is long\n\nfour\n", read(ALL));
    }

    @Test
    void onlyTheLastLinesWhenAskedFor() throws IOException {
        assertEquals("two is long\n\nfour\n", read(tail(3)));
        assertEquals("", read(tail(0)));
        assertEquals("oldest\nolder\none\ntwo is long\n\nfour\n", read(tail(99)));
    }

    @Test
    void onlyWhatCameSince() throws IOException {
        assertEquals("\nfour\n", read(new LogRequest("main", false, false, Optional.of(Instant.parse("2026-11-24T12:00:03Z")), false,
                OptionalLong.empty(), OptionalLong.empty())));
    }

    @Test
    void timesAreWrittenAsTheyCame() throws IOException {
        var text = read(new LogRequest("main", false, false, Optional.empty(), true, OptionalLong.of(1), OptionalLong.empty()));
        assertEquals("2026-11-24T12:00:04Z four\n", text);
    }

    @Test
    void bytesAreLimitedEvenWithinALine() throws IOException {
        assertEquals("oldest\nol", read(new LogRequest("main", false, false, Optional.empty(), false, OptionalLong.empty(),
                OptionalLong.of(9))));
    }

    @Test
    void aFollowerSeesWhatComesAcrossARotationAndEndsWithTheContainer() throws IOException {
        var step = new AtomicInteger();
        var text = read(new LogRequest("main", true, false, Optional.empty(), false, OptionalLong.of(1), OptionalLong.empty()), () -> {
            switch (step.getAndIncrement()) {
                case 0 -> append("five");
                case 1 -> {
                    move();
                    append("six");
                }
                case 2 -> append("last");
                default -> { }
            }
            return step.get() < 3;
        });
        assertEquals("four\nfive\nsix\nlast\n", text);
    }

    private void append(String text) {
        try {
            Files.writeString(file, "2026-11-24T12:00:05Z stdout F " + text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void move() {
        try {
            Files.move(file, dir.resolve("0.log.3"));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static LogRequest tail(int lines) {
        return new LogRequest("main", false, false, Optional.empty(), false, OptionalLong.of(lines), OptionalLong.empty());
    }

    private String read(LogRequest request) throws IOException {
        return read(request, () -> false);
    }

    private String read(LogRequest request, BooleanSupplier alive) throws IOException {
        var out = new ByteArrayOutputStream();
        new LogReader(file, request, alive).writeTo(out);
        return out.toString();
    }
}
