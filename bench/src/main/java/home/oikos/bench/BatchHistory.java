package home.oikos.bench;

import home.oikos.api.ObjectKey;
import home.oikos.base.StandingClock;
import home.oikos.gateway.FileHistory;
import home.oikos.gateway.Sample;
import home.oikos.gateway.Series;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/// Writes what the gateway would have kept of so many vessels in 30 days, a reading of gravity and of temperature each quarter of an hour.
/// Arguments: the history's folder, the number of vessels, now. Used by bench/batches.
public final class BatchHistory {
    private static final Duration LENGTH = Duration.ofDays(30);
    private static final Duration PERIOD = Duration.ofMinutes(15);

    private BatchHistory() { }

    public static void main(String[] arguments) throws IOException {
        var end = Instant.parse(arguments[2]);
        var clock = new StandingClock(end.minus(LENGTH));
        var random = new SplittableRandom(7);
        try (var history = new FileHistory(Path.of(arguments[0]), FileHistory.DAY_BYTES_DEFAULT, FileHistory.RETENTION_DEFAULT, clock)) {
            for (; clock.instant().isBefore(end); clock.advance(PERIOD)) {
                for (int vessel = 0; vessel < Integer.parseInt(arguments[1]); vessel++) read(history, vessel, clock.instant(), end, random);
                history.flush();
            }
        }
    }

    private static void read(FileHistory history, int vessel, Instant at, Instant end, SplittableRandom random) {
        var device = new ObjectKey("home", "vessel-" + vessel);
        double days = (LENGTH.toMinutes() - Duration.between(at, end).toMinutes()) / 1_440.0;
        double gravity = 1.012 + 0.036 / (1 + Math.exp((days - 3) * 1.6)) + random.nextGaussian() * 0.0003;
        history.add(new Series(device, "gravity"), new Sample(at.toEpochMilli(), Math.round(gravity * 1e4) / 1e4));
        history.add(new Series(device, "temperature"),
                new Sample(at.toEpochMilli(), Math.round((19 + random.nextGaussian() * 0.1) * 10) / 10.0));
    }
}
