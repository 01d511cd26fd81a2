package home.oikos.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Keeps one child alive: adopts the one an earlier life of ours started, else starts it; starts it again, with back-off, when it
/// dies; keeps its log bounded. Closing leaves the child running (it outlives us); [#stop] ends it.
/// One virtual thread does [#runOnce]; the other methods may be called from any thread.
public final class Supervisor implements AutoCloseable {
    /// A dead child is noticed within this time. The kernel tells only parents, and after our restart we are no parent.
    /// Three children looked at twice a second are what an idle home does most often, so a look is cheap: one read of /proc.
    static final Duration PERIOD = Duration.ofMillis(500);
    private static final int LOOKS_A_TRIM = 10;
    /// A child's log is cut at this size, one older part is kept: 2 MiB a child at most.
    static final long LOG_BYTES_MAX = 1 << 20;

    private final ChildSpec spec;
    private final DetachedChild child;
    private final BackOff backOff;
    private final Clock clock;
    private final Consumer<String> story;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile ProcessIdentity running;
    private volatile boolean adopted;
    private volatile int restarts;
    private Instant startedTime;
    private Instant notBefore = Instant.MIN;
    private int failures;
    private int looks;

    /// @param story hears in a sentence what happened: adopted, started, died, could not be started
    public Supervisor(ChildSpec spec, Path runDir, String unitPrefix, BackOff backOff, Clock clock, Consumer<String> story) {
        this.spec = spec;
        this.child = new DetachedChild(spec, runDir, unitPrefix);
        this.backOff = backOff;
        this.clock = clock;
        this.story = story;
    }

    /// Adopts or starts the child now and watches it from here on.
    /// @throws CommandException when it cannot be started at all, for example because its program is missing
    public Supervisor start() {
        child.adopt().ifPresentOrElse(this::adopted, this::launch);
        Thread.ofVirtual().name("supervisor-" + spec.name()).start(this::watch);
        return this;
    }

    /// The process that runs now; empty while it is down.
    public Optional<ProcessIdentity> running() {
        return Optional.ofNullable(running).filter(ProcessIdentity::isAlive);
    }

    /// Whether what runs was started by an earlier life of ours.
    public boolean isAdopted() {
        return adopted && running().isPresent();
    }

    /// How often the child died and was started again since we began to watch.
    public int restarts() {
        return restarts;
    }

    /// Ends the child: TERM, and KILL after the grace. Returns when it is gone.
    public synchronized void stop(Duration grace) {
        close();
        running().or(child::adopt).ifPresent(process -> {
            process.signal("TERM");
            awaitEnd(process, grace);
            process.signal("KILL");
            awaitEnd(process, grace);
        });
        child.forget();
    }

    /// Ends the child that an earlier life started, without watching it: what a `down` does when nobody watches any more.
    public static void end(String name, Path runDir, Duration grace) {
        var spec = new ChildSpec(name, List.of(name), runDir.resolve(name + ".log"));
        new Supervisor(spec, runDir, "", BackOff.CHILD, Clock.systemUTC(), _ -> { }).stop(grace);
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void watch() {
        try {
            while (!closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) runOnce(clock.instant());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /// One look: bury what died, start what is due, trim the log. Never waits.
    synchronized void runOnce(Instant now) {
        if (looks++ % LOOKS_A_TRIM == 0) trimLog();
        if (running != null && running.isAlive()) return;
        if (running != null) died(now);
        if (closed.getCount() == 0 || now.isBefore(notBefore)) return;
        try {
            launch();
            restarts++;
        } catch (CommandException failed) {
            story.accept(failed.getMessage());
            failures++;
            notBefore = now.plus(backOff.after(failures));
        }
    }

    private void died(Instant now) {
        failures = backOff.failures(failures, Duration.between(startedTime, now));
        var wait = failures <= 1 ? Duration.ZERO : backOff.after(failures - 1);
        notBefore = now.plus(wait);
        running = null;
        story.accept(spec.name() + " died; starting it again" + (wait.isZero() ? "" : " in " + wait.toMillis() + " ms"));
    }

    private void adopted(ProcessIdentity process) {
        running = process;
        adopted = true;
        startedTime = clock.instant();
        story.accept(spec.name() + " still runs (pid " + process.pid() + ")");
    }

    private void launch() {
        running = child.start();
        adopted = false;
        startedTime = clock.instant();
        story.accept(spec.name() + " started (pid " + running.pid() + ")");
    }

    private static void awaitEnd(ProcessIdentity process, Duration grace) {
        for (var waited = Duration.ZERO; process.isAlive() && waited.compareTo(grace) < 0; waited = waited.plus(Pause.SHORT)) {
            Pause.sleep(Pause.SHORT);
        }
    }

    /// The child appends, so its log may be cut under its feet. Copy and cut, as it keeps the file open.
    private void trimLog() {
        try {
            if (!Files.exists(spec.log()) || Files.size(spec.log()) < LOG_BYTES_MAX) return;
            Files.copy(spec.log(), spec.log().resolveSibling(spec.log().getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            try (var log = FileChannel.open(spec.log(), StandardOpenOption.WRITE)) {
                log.truncate(0);
            }
        } catch (IOException full) {
            // Tried again at the next look; a log must not stop the child it belongs to.
        }
    }
}
