package home.oikos.store;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// How a [LogStore] is set up. The defaults suit a home.
/// @param seals by key prefix: values under it are sealed on disk
/// @param report hears, in words for the operator, what the store did about trouble (a torn tail cut, a snapshot that failed)
/// @param historyAge events are kept this long, unless they pass `historyBytesMax`
/// @param historyBytesMax memory for replaced versions and their events
/// @param logBytesMin a log shorter than this is never rolled
public record LogOptions(Map<String, Seal> seals, Consumer<String> report, Duration historyAge, long historyBytesMax, long logBytesMin) {
    /// As long as etcd under kube-apiserver: a watcher that was away for less resumes without a new list.
    static final Duration HISTORY_AGE = Duration.ofMinutes(5);
    /// 100,000 creations, or 7,000 replaced 2-KiB versions: 5 minutes at 23 changes a second, many times what a home does.
    static final long HISTORY_BYTES_MAX = 16L << 20;
    /// Read back in 0.2 s from an SD card at 20 MB/s, and rarely rolled: an idle home writes less than 1 MB a day.
    static final long LOG_BYTES_MIN = 4L << 20;

    public LogOptions {
        seals = Map.copyOf(seals);
        Objects.requireNonNull(report);
        Objects.requireNonNull(historyAge);
    }

    public static LogOptions standard() {
        return new LogOptions(Map.of(), _ -> { }, HISTORY_AGE, HISTORY_BYTES_MAX, LOG_BYTES_MIN);
    }

    public LogOptions withSeals(Map<String, Seal> seals) {
        return new LogOptions(seals, report, historyAge, historyBytesMax, logBytesMin);
    }

    public LogOptions withReport(Consumer<String> report) {
        return new LogOptions(seals, report, historyAge, historyBytesMax, logBytesMin);
    }

    public LogOptions withHistory(Duration age, long bytesMax) {
        return new LogOptions(seals, report, age, bytesMax, logBytesMin);
    }

    public LogOptions withLogBytesMin(long bytesMin) {
        return new LogOptions(seals, report, historyAge, historyBytesMax, bytesMin);
    }
}
