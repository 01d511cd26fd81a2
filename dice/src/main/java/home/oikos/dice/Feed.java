package home.oikos.dice;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Reads one source for as long as it is wanted: connects, reads at the pace of a home at rest, and tells the pipeline what happens. [#run]
/// belongs on a virtual thread of its own.
final class Feed implements AutoCloseable {
    /// What is read of an endless source at rest: 2 KiB a second, whatever it could give, and the rest waits in the kernel or is lost there.
    static final int READ_BYTES = 1_024;
    private static final Duration REST = Duration.ofMillis(500);
    /// While somebody captures, nothing is waited for but the source.
    private static final Duration NO_REST = Duration.ofMillis(5);
    /// A source that says nothing for so long has failed, as if it were unplugged.
    static final Duration SILENCE_MAX = Duration.ofSeconds(10);
    private static final Duration CONNECT_FIRST = Duration.ofSeconds(1);
    private static final Duration CONNECT_MAX = Duration.ofSeconds(30);

    private final SampleStream.Opener opener;
    private final Pipeline pipeline;
    private final SampleReader reader;
    private final Clock clock;
    private volatile boolean closed;
    private volatile SampleStream open;
    private int failures;

    Feed(SampleStream.Opener opener, Pipeline pipeline, SampleReader reader, Clock clock) {
        this.opener = opener;
        this.pipeline = pipeline;
        this.reader = reader;
        this.clock = clock;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    void run() {
        try {
            while (!closed) {
                awaitChance();
                if (!closed) connect();
                if (!closed) rest(connectWait());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// A source that failed its tests is not read before its time, or before a person says so.
    private synchronized void awaitChance() throws InterruptedException {
        while (!closed && pipeline.state() instanceof SourceState.Failed failed && clock.instant().isBefore(failed.retryTime())) {
            if (failed.retryTime().equals(Instant.MAX)) wait();
            else wait(Math.max(1, Duration.between(clock.instant(), failed.retryTime()).toMillis()));
        }
    }

    private synchronized void rest(Duration time) throws InterruptedException {
        if (!closed) wait(Math.max(1, time.toMillis()));
    }

    private Duration connectWait() {
        var doubled = CONNECT_FIRST.multipliedBy(1L << Math.min(failures, 5));
        return doubled.compareTo(CONNECT_MAX) < 0 ? doubled : CONNECT_MAX;
    }

    private void connect() throws InterruptedException {
        try (var stream = opener.open()) {
            open = stream;
            if (closed) return;
            pipeline.happened(new SourceEvent.RetryDue(clock.instant()));
            pipeline.happened(new SourceEvent.Connected(clock.instant()));
            follow(stream);
        } catch (IOException | IllegalArgumentException broken) {
            failures++;
            lost("Unreachable", "it cannot be read: " + broken.getMessage());
        } finally {
            open = null;
        }
    }

    private void follow(SampleStream stream) throws IOException, InterruptedException {
        var buffer = new byte[READ_BYTES];
        var heard = clock.instant();
        while (!closed && !(pipeline.state() instanceof SourceState.Failed)) {
            int count = stream.read(buffer);
            if (count > 0) {
                reader.read(buffer, count, pipeline::sample);
                heard = clock.instant();
                failures = 0;
            } else if (count < 0) {
                failures++;
                lost("Ended", "it hung up");
            } else if (clock.instant().isAfter(heard.plus(SILENCE_MAX))) {
                lost("Silent", "it has said nothing for %d seconds".formatted(SILENCE_MAX.toSeconds()));
            }
            rest(pipeline.isWatched() ? NO_REST : REST);
        }
    }

    private void lost(String reason, String message) {
        if (!closed) pipeline.happened(new SourceEvent.Lost(clock.instant(), new Alarm(reason, message)));
    }

    /// Another chance by a person's word, now.
    synchronized void reset() {
        pipeline.happened(new SourceEvent.Reset(clock.instant()));
        notifyAll();
    }

    /// Somebody looks: what comes is read as fast as it comes.
    synchronized void hurry() {
        notifyAll();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        pipeline.close();
        var stream = open;
        if (stream != null) closeQuietly(stream);
    }

    private static void closeQuietly(SampleStream stream) {
        try {
            stream.close();
        } catch (IOException gone) {
            // It was to be given up anyway.
        }
    }
}
