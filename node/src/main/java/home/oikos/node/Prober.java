package home.oikos.node;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// Probes one run of a container, one virtual thread for each probe, until closed. Liveness and readiness wait for the startup probe.
final class Prober implements AutoCloseable {
    private final ProbeAction action;
    private final List<ProbeSpec> probes;
    private final Instant started;
    private final Clock clock;
    private final BiConsumer<ProbeSpec, String> failed;
    private final Runnable changed;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch startup = new CountDownLatch(1);
    private volatile ProbeState state;

    /// @param state what counts at first: what an earlier life of ours found, or [ProbeSpec#initial]
    /// @param failed hears of each failure
    /// @param changed told when the state is another
    Prober(ProbeAction action, List<ProbeSpec> probes, Instant started, ProbeState state, Clock clock, BiConsumer<ProbeSpec, String> failed,
            Runnable changed) {
        this.action = action;
        this.probes = probes;
        this.started = started;
        this.state = state;
        this.clock = clock;
        this.failed = failed;
        this.changed = changed;
    }

    Prober start() {
        if (state.started()) startup.countDown();
        for (var probe : probes) {
            if (probe.kind() != ProbeSpec.Kind.STARTUP || !state.started()) {
                Thread.ofVirtual().name("probe-" + probe.word()).start(() -> run(probe));
            }
        }
        return this;
    }

    ProbeState state() {
        return state;
    }

    private void run(ProbeSpec probe) {
        try {
            if (probe.kind() != ProbeSpec.Kind.STARTUP) startup.await();
            var first = Duration.between(clock.instant(), started.plus(probe.initialDelay()));
            if (first.isPositive() && sleep(first)) return;
            var counter = ProbeCounter.ZERO;
            do {
                counter = counter.with(once(probe));
                counter.verdict(probe).ifPresent(verdict -> conclude(probe, verdict));
            } while (!over(probe) && !sleep(probe.period()));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean once(ProbeSpec probe) {
        Optional<String> failure = action.run(probe.handler(), probe.timeout());
        if (closed.getCount() == 0) return true;
        failure.ifPresent(words -> failed.accept(probe, words));
        return failure.isEmpty();
    }

    private boolean over(ProbeSpec probe) {
        return probe.kind() == ProbeSpec.Kind.STARTUP && state.started() || !state.alive();
    }

    private boolean sleep(Duration time) throws InterruptedException {
        return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void conclude(ProbeSpec probe, boolean verdict) {
        var next = switch (probe.kind()) {
            case STARTUP -> verdict ? state.withStarted(true) : state.withAlive(false);
            case LIVENESS -> state.withAlive(verdict);
            case READINESS -> state.withReady(verdict);
        };
        if (next.equals(state) || closed.getCount() == 0) return;
        state = next;
        if (next.started()) startup.countDown();
        changed.run();
    }

    @Override
    public void close() {
        closed.countDown();
        startup.countDown();
    }
}
