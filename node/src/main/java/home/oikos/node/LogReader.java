package home.oikos.node;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Writes a container's log as a person wants it. One use, one thread.
/// @param file the newest part; [LogRotation#part] says where the older ones are
/// @param alive whether more may come
record LogReader(Path file, LogRequest request, BooleanSupplier alive) {
    /// A line is seen by who follows within this time.
    private static final Duration POLL = Duration.ofMillis(100);
    /// Bounds what `tailLines` keeps in memory: 100,000 lines of 16 KiB at most never occur in files of 10 MiB.
    private static final long TAIL_MAX = 100_000;

    void writeTo(OutputStream out) throws IOException {
        var limited = new LimitedOutput(out, request.limitBytes().orElse(Long.MAX_VALUE));
        try (var now = new LogFollower(file)) {
            if (request.tailLines().isPresent()) tail(now, limited);
            else older(line -> write(line, limited));
            for (var line = now.next(); !limited.isFull(); line = now.next()) {
                if (line.isPresent()) write(line.get(), limited);
                else if (!follows(now, limited)) return;
            }
            limited.flush();
        }
    }

    /// Waits for more; false when there will be none. What was written between the last look and the end is still read.
    private boolean follows(LogFollower now, LimitedOutput out) throws IOException {
        out.flush();
        if (!request.follow()) return false;
        boolean more = alive.getAsBoolean();
        if (!more) {
            for (var line = now.next(); line.isPresent(); line = now.next()) write(line.get(), out);
            out.flush();
            return false;
        }
        try {
            return !new CountDownLatch(1).await(POLL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException readerGone) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Takes one line.
    private interface Lines {
        void take(byte[] line) throws IOException;
    }

    /// What was written before the newest part, oldest first.
    private void older(Lines lines) throws IOException {
        for (int age = LogRotation.OLDER_MAX; age > 0; age--) {
            try (var part = new LogFollower(LogRotation.part(file, age))) {
                all(part, lines);
            }
        }
    }

    private static void all(LogFollower part, Lines lines) throws IOException {
        for (var line = part.next(); line.isPresent(); line = part.next()) lines.take(line.get());
    }

    private void tail(LogFollower now, LimitedOutput out) throws IOException {
        var last = new Tail(Math.min(request.tailLines().getAsLong(), TAIL_MAX));
        older(last::add);
        all(now, last::add);
        for (var line : last.lines) write(line, out);
    }

    /// The last so many whole lines that are wanted, with what is torn between them.
    private final class Tail {
        private final long count;
        private final ArrayDeque<byte[]> lines = new ArrayDeque<>();
        private long whole;

        Tail(long count) {
            this.count = count;
        }

        void add(byte[] line) {
            if (count == 0 || wanted(line).isEmpty()) return;
            lines.addLast(line);
            if (isWhole(line)) whole++;
            while (whole > count) if (isWhole(lines.removeFirst())) whole--;
        }
    }

    private static boolean isWhole(byte[] line) {
        return LogLine.parse(line).map(LogLine::whole).orElse(true);
    }

    /// The line, unless it is torn or too old.
    private Optional<LogLine> wanted(byte[] bytes) {
        return LogLine.parse(bytes).filter(line -> request.since().filter(since -> line.time().isBefore(since)).isEmpty());
    }

    private void write(byte[] bytes, LimitedOutput out) throws IOException {
        var parsed = wanted(bytes);
        if (parsed.isEmpty()) return;
        var line = parsed.get();
        if (request.timestamps()) {
            out.write(line.timeText());
            out.write(' ');
        }
        out.write(line.text());
        if (line.whole()) out.write('\n');
    }

    /// Stops after so many bytes.
    private static final class LimitedOutput extends OutputStream {
        private final OutputStream out;
        private long left;

        LimitedOutput(OutputStream out, long left) {
            this.out = new BufferedOutputStream(out, 16 << 10);
            this.left = left;
        }

        boolean isFull() {
            return left <= 0;
        }

        @Override
        public void write(int b) throws IOException {
            if (left-- > 0) out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int allowed = (int) Math.min(length, Math.max(0, left));
            out.write(bytes, offset, allowed);
            left -= length;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
