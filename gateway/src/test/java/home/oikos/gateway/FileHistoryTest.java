package home.oikos.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.ObjectKey;
import home.oikos.base.StandingClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileHistoryTest {
    private static final Series TEMPERATURE = new Series(new ObjectKey("home", "fridge"), "temperature");
    private static final long BUDGET = 512 * 1024;

    @TempDir Path directory;
    private final StandingClock clock = StandingClock.at("2026-01-01T00:00:00Z");

    private FileHistory open() throws IOException {
        return new FileHistory(directory, BUDGET, Duration.ofDays(7), clock);
    }

    private Sample sample(double value) {
        return new Sample(clock.instant().toEpochMilli(), value);
    }

    private List<Sample> all(FileHistory history) throws IOException {
        return history.read(TEMPERATURE, Instant.EPOCH, clock.instant().plusSeconds(1));
    }

    @ParameterizedTest @ValueSource(longs = {1, 2, 3})
    void aChunkGivesBackWhatWentIn(long seed) {
        var random = new Random(seed);
        var chunk = new Chunk();
        var samples = new ArrayList<Sample>();
        long millis = 1_700_000_000_000L;
        for (int i = 0; i < 500; i++) {
            millis += 100L * random.nextInt(1, 10_000);
            var value = switch (random.nextInt(4)) {
                case 0 -> random.nextInt(-40, 120) / 10.0;
                case 1 -> random.nextDouble() * 1e12;
                case 2 -> -random.nextDouble();
                default -> (double) random.nextInt(2);
            };
            samples.add(new Sample(millis, value));
            chunk.add(samples.getLast());
        }
        var bytes = chunk.toBytes();
        assertEquals(samples, Chunk.read(bytes, 0, bytes.length));
    }

    @Test void readingsAreThereAfterARestart() throws Exception {
        var history = open();
        for (int i = 0; i < 100; i++, clock.advance(Duration.ofSeconds(10))) history.add(TEMPERATURE, sample(4 + i / 10.0));
        assertEquals(100, all(history).size(), "from memory");
        history.close();
        var samples = all(open());
        assertEquals(100, samples.size());
        assertEquals(13.9, samples.getLast().value());
    }

    @Test void aRecordTornByACrashIsCutOffAndTheRestStays() throws Exception {
        var history = open();
        history.add(TEMPERATURE, sample(4));
        history.flush();
        var file = directory.resolve("2026-01-01.history");
        Files.write(file, new byte[] {0, 0, 0, 50, 1, 2, 3}, StandardOpenOption.APPEND);
        var again = open();
        clock.advance(Duration.ofSeconds(60));
        again.add(TEMPERATURE, sample(5));
        again.flush();
        assertEquals(List.of(4.0, 5.0), all(again).stream().map(Sample::value).toList());
    }

    @Test void aValueThatStaysIsKeptRarely() throws Exception {
        var history = open();
        for (int i = 0; i < 3_600; i++, clock.advance(Duration.ofSeconds(1))) history.add(TEMPERATURE, sample(4));
        assertEquals(6, all(history).size());
    }

    @Test void aDayOfNoiseStaysWithinItsBudgetAndReachesToTheEvening() throws Exception {
        var random = new Random(1);
        var history = open();
        for (int second = 0; second < 86_400; second++, clock.advance(Duration.ofSeconds(1))) {
            for (int i = 0; i < 20; i++) history.add(new Series(TEMPERATURE.device(), "p" + i), sample(random.nextDouble()));
            if (second % 900 == 899) history.flush();
        }
        long size = Files.size(directory.resolve("2026-01-01.history"));
        assertTrue(size <= BUDGET * 1.1, size + " bytes");
        var samples = history.read(new Series(TEMPERATURE.device(), "p3"), Instant.EPOCH, clock.instant());
        assertTrue(samples.getLast().millis() > clock.instant().minus(Duration.ofHours(3)).toEpochMilli(), "thinned, not cut");
    }

    @Test void oldDaysAreForgotten() throws Exception {
        var history = open();
        history.add(TEMPERATURE, sample(4));
        history.flush();
        clock.advance(Duration.ofDays(8));
        history.flush();
        assertEquals(List.of(), all(history));
        assertTrue(Files.notExists(directory.resolve("2026-01-01.history")));
    }
}
