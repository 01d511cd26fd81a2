package home.oikos.apiserver;

import home.oikos.http.Response;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Ends watches when their time is over and gives them bookmarks on the way. One thread serves all; what it does never blocks.
final class WatchTimers implements AutoCloseable {
    /// A watch that names no time ends after this and up to twice this, so that watches begun together do not all come back together.
    static final Duration LIFE_MIN = Duration.ofMinutes(30);
    /// Often enough that a client that comes back after a cut finds its version still kept.
    static final Duration BOOKMARK_PERIOD = Duration.ofSeconds(60);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("watch-timers")
            .factory());
    private final RandomGenerator random;

    WatchTimers(RandomGenerator random) {
        this.random = random;
    }

    /// @param timeoutSeconds 0 for our choice
    /// @param bookmark the frame of a bookmark as of now, or null when none are wanted
    /// @return stops both
    Runnable start(Response.Watch watch, long timeoutSeconds, Supplier<byte[]> bookmark) {
        try {
            return begun(watch, timeoutSeconds, bookmark);
        } catch (RejectedExecutionException _) {
            watch.end();                                                // the server is closing
            return () -> { };
        }
    }

    private Runnable begun(Response.Watch watch, long timeoutSeconds, Supplier<byte[]> bookmark) {
        var life = timeoutSeconds > 0 ? timeoutSeconds : LIFE_MIN.toSeconds() + random.nextLong(LIFE_MIN.toSeconds());
        var end = timer.schedule(() -> end(watch, bookmark), life, TimeUnit.SECONDS);
        var marks = bookmark == null ? null : marks(watch, bookmark);
        return () -> {
            end.cancel(false);
            if (marks != null) marks.cancel(false);
        };
    }

    private Future<?> marks(Response.Watch watch, Supplier<byte[]> bookmark) {
        var first = 1 + random.nextLong(BOOKMARK_PERIOD.toSeconds());
        return timer.scheduleAtFixedRate(() -> watch.send(bookmark.get()), first, BOOKMARK_PERIOD.toSeconds(), TimeUnit.SECONDS);
    }

    private static void end(Response.Watch watch, Supplier<byte[]> bookmark) {
        if (bookmark != null) watch.send(bookmark.get());
        watch.end();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
