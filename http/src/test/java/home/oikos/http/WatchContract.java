package home.oikos.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What every carrier of a watch must hold, beside the rest of the response contract. Events are numbers, frames are lines.
abstract class WatchContract extends ResponseContract {
    /// Fewer than a watcher may lag: on a busy machine one may not get its turn before the last.
    private static final long EVENTS = LiveWatch.LAG_FRAMES_MAX - 24;
    private static final int WATCHERS = 40;

    final Broadcast<Long> broadcast = Broadcast.of(Long::longValue);
    /// The newest event that a replay can see: set before it is published, as a store's revision is.
    private volatile long committed;
    private final AtomicInteger closed = new AtomicInteger();
    private final CompletableFuture<Response.Watch> started = new CompletableFuture<>();

    private static byte[] frame(long event) {
        return bytes(event + "\n");
    }

    private Response.Replay replay() {
        var upTo = committed;
        return new Response.Replay(upTo, LongStream.rangeClosed(1, upTo).mapToObj(WatchContract::frame).toList());
    }

    private void watch(Request request, Response response) {
        started.complete(response.watch("text/plain", broadcast, this::replay, WatchContract::frame, closed::incrementAndGet));
    }

    private void commit(long event) {
        committed = event;
        broadcast.publish(List.of(event));
    }

    private static void expect(BufferedReader lines, long... events) throws IOException {
        for (var event : events) assertEquals(Long.toString(event), lines.readLine());
    }

    private void awaitClosed(int count) {
        while (closed.get() < count) Thread.onSpinWait();
    }

    @Test
    void idleWatchHasItsHeadersAtOnce() throws Exception {
        var answer = get(this::watch);
        assertEquals(200, answer.status());
        assertEquals("text/plain", answer.header().apply("Content-Type").orElseThrow());
        answer.body().close();
    }

    @Test
    void watcherGetsTheReplayThenLaterEventsThenTheEnd() throws Exception {
        commit(1);
        commit(2);
        var lines = get(this::watch).lines();
        expect(lines, 1, 2);
        commit(3);
        started.get().send(frame(77));
        commit(4);
        expect(lines, 3, 77, 4);
        started.get().end();
        assertEquals(null, lines.readLine());
        awaitClosed(1);
        assertEquals(0, broadcast.watchers());
    }

    @Test
    void eventsThatAWatcherDoesNotWantAreLeftOut() throws Exception {
        var lines = get((_, response) -> response.watch("text/plain", broadcast, this::replay, e -> e % 2 == 0 ? frame(e) : null,
                () -> { })).lines();
        LongStream.rangeClosed(1, 6).forEach(this::commit);
        expect(lines, 2, 4, 6);
    }

    @Test
    void replayThatFailsLeavesTheAnswerToTheHandler() throws Exception {
        var answer = get((_, response) -> {
            try {
                response.watch("text/plain", broadcast, () -> { throw new IllegalStateException("compacted"); }, WatchContract::frame,
                        closed::incrementAndGet);
            } catch (IllegalStateException e) {
                response.send(410, "text/plain", bytes(e.getMessage()));
            }
        });
        assertEquals(410, answer.status());
        assertEquals("compacted", answer.text());
        assertEquals(0, closed.get());
    }

    @Test
    void clientThatHasGoneIsNoticedOnce() throws Exception {
        var answer = get(this::watch);
        answer.body().close();
        awaitClosed(1);
        commit(1);
        started.get().end();
        assertEquals(1, closed.get());
        while (broadcast.watchers() > 0) Thread.onSpinWait();
    }

    /// Watchers join while a writer publishes: no gap, nothing twice, in order.
    @Test
    void everyWatcherSeesEveryEventOnceHoweverItJoins() throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        handler = this::watch;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writer = threads.submit(() -> LongStream.rangeClosed(1, EVENTS).forEach(event -> {
                commit(event);
                if (random.nextInt(4) == 0) Thread.yield();
            }));
            var watchers = new ArrayList<Callable<Void>>();
            for (var i = 0; i < WATCHERS; i++) {
                watchers.add(() -> {
                    var lines = ask("GET", "/", new byte[0]).lines();
                    for (var event = 1L; event <= EVENTS; event++) assertEquals(Long.toString(event), lines.readLine(), "seed " + seed);
                    return null;
                });
            }
            for (var watcher : threads.invokeAll(watchers, 50, TimeUnit.SECONDS)) watcher.get();
            writer.get();
        }
    }

    @Test
    void watcherThatLagsIsCutWhileAnotherGetsEverything() throws Exception {
        var large = "x".repeat(256 << 10);
        Handler watching = (_, response) -> response.watch("text/plain", broadcast, () -> new Response.Replay(0, List.of()),
                event -> bytes(event + large + "\n"), closed::incrementAndGet);
        var slow = get(watching);
        var eager = get(watching).lines();
        var event = 0L;
        while (closed.get() == 0) {
            commit(++event);
            assertTrue(eager.readLine().startsWith(event + "x"));
        }
        assertThrows(IOException.class, slow.body()::readAllBytes);
        commit(++event);
        assertTrue(eager.readLine().startsWith(event + "x"));
        assertEquals(1, closed.get());
    }
}
