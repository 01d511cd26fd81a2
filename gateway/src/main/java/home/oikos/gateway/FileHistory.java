package home.oikos.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Keeps readings in a file a day, within a budget of bytes a day: what would exceed it is thinned out, and at the very end left out. It asks for no
/// sync: a power cut costs the last minutes, never what was there before. [#add] and [#read] may be called from any thread, [#flush] by one.
public final class FileHistory implements History {
    /// Half of what a home may write in an idle day.
    public static final long DAY_BYTES_DEFAULT = 512 * 1024;
    public static final Duration RETENTION_DEFAULT = Duration.ofDays(180);
    /// How often what is in memory is written: a record's head is 40 bytes, so more often would be mostly heads.
    public static final Duration FLUSH_PERIOD = Duration.ofMinutes(15);
    /// A value that stays is kept this often, so that a chart knows it from silence.
    static final Duration UNCHANGED_PERIOD = Duration.ofMinutes(10);
    /// The densest that is kept.
    static final Duration DENSEST = Duration.ofSeconds(5);
    /// Each time the budget runs ahead of the day the samples get half as dense, down to one in 85 minutes.
    private static final int THINNINGS_MAX = 10;
    private static final double BUDGET_AHEAD = 0.1;
    private static final String SUFFIX = ".history";

    private final Path directory;
    private final long dayBytes;
    private final Duration retention;
    private final Clock clock;
    private final Map<Series, Open> open = new HashMap<>();
    private LocalDate day;
    private long written;
    private int thinnings;

    private static final class Open {
        Chunk chunk = new Chunk();
        final List<Sample> samples = new ArrayList<>();
        Sample last;
    }

    public FileHistory(Path directory, long dayBytes, Duration retention, Clock clock) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.dayBytes = dayBytes;
        this.retention = retention;
        this.clock = clock;
        begin(today());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private HistoryFile file(LocalDate date) {
        return new HistoryFile(directory.resolve(date + SUFFIX));
    }

    private void begin(LocalDate next) throws IOException {
        day = next;
        file(day).repair();
        written = file(day).size();
        thinnings = 0;
        forgetOld();
    }

    private void forgetOld() throws IOException {
        var oldest = day.minusDays(retention.toDays()) + SUFFIX;
        try (var files = Files.list(directory)) {
            for (var old : files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
                if (old.getFileName().toString().compareTo(oldest) < 0) Files.delete(old);
            }
        }
    }

    @Override
    public synchronized void add(Series series, Sample sample) {
        if (written >= dayBytes) return;
        var into = open.computeIfAbsent(series, _ -> new Open());
        if (into.last != null && !isWorthKeeping(into.last, sample)) return;
        into.chunk.add(sample);
        into.samples.add(sample);
        into.last = sample;
    }

    private boolean isWorthKeeping(Sample last, Sample next) {
        long apart = next.millis() - last.millis();
        var least = next.value() == last.value() ? UNCHANGED_PERIOD : DENSEST.multipliedBy(1L << thinnings);
        return apart >= least.toMillis() || thinnings == 0 && isSwitch(last, next);
    }

    /// A switch is told however short it was.
    private static boolean isSwitch(Sample last, Sample next) {
        return last.value() != next.value() && (last.value() == 0 || last.value() == 1) && (next.value() == 0 || next.value() == 1);
    }

    /// Called every [#FLUSH_PERIOD].
    @Override
    public synchronized void flush() throws IOException {
        // What was silent for a whole period is let go, so that devices long gone fill no memory.
        open.values().removeIf(kept -> kept.chunk.count() == 0);
        var records = new ArrayList<HistoryFile.Record>();
        open.forEach((series, kept) -> records.add(new HistoryFile.Record(series, kept.chunk.toBytes())));
        records.sort(Comparator.comparing(HistoryFile.Record::series));
        if (!records.isEmpty()) written += file(day).append(records);
        open.values().forEach(kept -> {
            kept.chunk = new Chunk();
            kept.samples.clear();
        });
        if (!today().equals(day)) begin(today());
        thin();
    }

    private void thin() {
        double passed = clock.instant().atZone(ZoneOffset.UTC).toLocalTime().toSecondOfDay() / 86_400.0;
        if (written > dayBytes * (passed + BUDGET_AHEAD) && thinnings < THINNINGS_MAX) thinnings++;
    }

    @Override
    public synchronized List<Sample> read(Series series, Instant from, Instant to) throws IOException {
        var samples = new ArrayList<Sample>();
        var last = LocalDate.ofInstant(to, ZoneOffset.UTC);
        var first = LocalDate.ofInstant(from, ZoneOffset.UTC);
        var oldest = day.minusDays(retention.toDays());
        // What was read before midnight and written after it stands in the file of the day before.
        for (var date = first.isBefore(oldest) ? oldest : first; !date.isAfter(last) && !date.isAfter(day); date = date.plusDays(1)) {
            samples.addAll(file(date).read(series));
        }
        var kept = open.get(series);
        if (kept != null) samples.addAll(kept.samples);
        samples.sort(Comparator.comparingLong(Sample::millis));
        return samples;
    }

    @Override
    public void close() {
        try {
            flush();
        } catch (IOException lost) {
            System.getLogger("home.oikos.gateway").log(System.Logger.Level.WARNING, "the last readings could not be kept", lost);
        }
    }
}
