package home.oikos.dice;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Reads one source for as long as it is wanted: connects, reads at the pace of a home at rest, and tells the pipeline what happens. [#run]
/// belongs on a virtual thread of its own; a test calls [#step] in its place.
final class Feed implements AutoCloseable {
    /// What is tested of an endless source in one step at rest, whatever it could give: 4,096 samples of a bit a second, 0.03 % of a core.
    static final int STEP_BYTES = 256;
    private static final int BUFFER_BYTES = 16 << 10;
    /// What waited in the kernel is old, and would hide for minutes that a source is stuck now: up to a mebibyte a step is thrown away unseen.
    private static final int DRAIN_READS_MAX = 64;
    static final Duration REST = Duration.ofMillis(500);
    /// During the start-up test, and while somebody captures, nothing is waited for but the source.
    private static final Duration NO_REST = Duration.ofMillis(5);
    /// A source that says nothing for so long has failed, as if it were unplugged.
    static final Duration SILENCE_MAX = Duration.ofSeconds(10);
    private static final Duration CONNECT_FIRST = Duration.ofSeconds(1);
    /// One that is not there is looked for this often: nothing is written for it.
    static final Duration CONNECT_MAX = Duration.ofSeconds(30);
    /// One that answers and hangs up again costs writes of its status each time: about 1 KiB, 100 KiB a day at this pace.
    static final Duration FLAP_MAX = Duration.ofHours(1);
    /// After so long a connection it is good again.
    private static final Duration STEADY = Duration.ofMinutes(10);
    private static final int DOUBLINGS_MAX = 12;

    private final SampleStream.Opener opener;
    private final Pipeline pipeline;
    private final Clock clock;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private volatile boolean closed;
    /// Set by the thread that steps; closed by any.
    private volatile SampleStream stream;
    private Instant opened;
    private Instant heard;
    private boolean answered;
    private int failures;
    /// Guarded by this: somebody does not want to wait.
    private boolean hurried;

    Feed(SampleStream.Opener opener, Pipeline pipeline, Clock clock) {
        this.opener = opener;
        this.pipeline = pipeline;
        this.clock = clock;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    void run() {
        try {
            while (!closed) rest(step());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            closeStream();
        }
    }

    private synchronized void rest(Duration time) throws InterruptedException {
        if (!closed && !hurried) wait(Math.max(1, time.toMillis()));
        hurried = false;
    }

    /// One look: opens the source when its time has come, or reads what it says now. A read may take a second.
    /// @return how long to rest before the next
    Duration step() {
        try {
            var open = stream;
            return open == null ? open() : read(open);
        } catch (IOException broken) {
            return lose("Unreachable", "it cannot be read: " + broken.getMessage());
        }
    }

    private Duration open() throws IOException {
        var wait = barred();
        if (wait.isPositive()) return wait;
        answered = false;
        stream = opener.open();
        opened = clock.instant();
        heard = opened;
        return Duration.ZERO;
    }

    /// A source that failed its tests is not read before its time, or before a person says so.
    private Duration barred() {
        if (!(pipeline.state() instanceof SourceState.Failed failed)) return Duration.ZERO;
        return failed.retryTime().equals(Instant.MAX) ? FLAP_MAX : Duration.between(clock.instant(), failed.retryTime());
    }

    private Duration read(SampleStream open) throws IOException {
        boolean hurries = pipeline.hurries();
        int count = open.read(buffer);
        for (int reads = 1; count == buffer.length && !hurries && reads < DRAIN_READS_MAX; reads++) {
            int more = open.read(buffer);
            if (more <= 0) break;
            count = more;
        }
        if (count < 0) return lose("Ended", "it hung up");
        if (count > 0) hear(count, hurries ? 0 : Math.max(0, count - STEP_BYTES));
        else if (clock.instant().isAfter(heard.plus(SILENCE_MAX))) return silent();
        if (pipeline.state() instanceof SourceState.Failed) return giveUp();
        return hurries ? NO_REST : REST;
    }

    private Duration silent() {
        return lose("Silent", "it has said nothing for %d seconds".formatted(SILENCE_MAX.toSeconds()));
    }

    private void hear(int count, int from) {
        heard = clock.instant();
        if (!answered) pipeline.happened(new SourceEvent.Answered(heard));
        answered = true;
        if (heard.isAfter(opened.plus(STEADY))) failures = 0;
        pipeline.feed(buffer, from, count, from > 0);
    }

    private Duration giveUp() {
        closeStream();
        return barred();
    }

    private Duration lose(String reason, String message) {
        closeStream();
        if (!closed) pipeline.happened(new SourceEvent.Lost(clock.instant(), new Alarm(reason, message)));
        failures++;
        var doubled = CONNECT_FIRST.multipliedBy(1L << Math.min(failures, DOUBLINGS_MAX));
        var most = answered ? FLAP_MAX : CONNECT_MAX;
        return doubled.compareTo(most) < 0 ? doubled : most;
    }

    /// Another chance by a person's word, now.
    void reset() {
        pipeline.happened(new SourceEvent.Reset(clock.instant()));
        hurry();
    }

    /// Somebody looks: what comes is read as fast as it comes.
    synchronized void hurry() {
        hurried = true;
        notifyAll();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        pipeline.close();
        closeStream();
    }

    private void closeStream() {
        var open = stream;
        stream = null;
        if (open == null) return;
        try {
            open.close();
        } catch (IOException gone) {
            // It was to be given up anyway.
        }
    }
}
