package home.oikos.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.base.StandingClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/// Several lives of one store under a seed: production code on a [SimulatedDisk], one thread, every answer and every reading
/// compared with a [StoreModel].
final class StoreSimulation {
    private static final int KEYS = 12;
    private static final int STEPS_MAX = 60;
    private static final int WRITES_PER_STEP_MAX = 9;
    private static final int VALUE_BYTES_MAX = 700;
    private static final long LOG_BYTES_MIN = 3_000;
    private static final long HISTORY_BYTES_MAX = 20_000;

    private final RandomGenerator random;
    private final SimulatedDisk disk;
    private final StandingClock clock = StandingClock.at("2026-01-01T00:00:00Z");
    private final StoreModel model = new StoreModel();
    private final Deque<Runnable> background = new ArrayDeque<>();
    private final List<Event> heard = new ArrayList<>();
    private LogStore store;
    private long openedAt;
    private int tokens;

    StoreSimulation(long seed) {
        random = new SplittableRandom(seed);
        disk = new SimulatedDisk(random);
    }

    /// How one life ends.
    enum End { POWER_CUT, KILL, CLOSE }

    void run(int lives) throws Exception {
        for (int life = 0; life < lives; life++) {
            if (!open()) continue;
            var end = End.values()[random.nextInt(3)];
            if (live(end != End.CLOSE)) finish(end);
        }
        while (!open()) { }
        store.verify();
        store.close();
    }

    /// @return false when the power went while opening
    private boolean open() throws Exception {
        background.clear();
        heard.clear();
        if (random.nextInt(4) == 0) disk.cutPowerAfter(1 + random.nextInt(12));
        try {
            store = new LogStore(disk, clock, options(), background::add);
        } catch (PowerCut _) {
            losePower();
            return false;
        }
        disk.cutPowerAfter(Long.MAX_VALUE);
        model.opened(store);
        store.listen(heard::addAll);
        openedAt = store.revision();
        if (openedAt > 1) assertThrows(CompactedException.class, () -> store.events("", openedAt - 1));
        store.verify();
        return true;
    }

    private LogOptions options() {
        return LogOptions.standard().withLogBytesMin(LOG_BYTES_MIN).withHistory(Duration.ofMinutes(5), HISTORY_BYTES_MAX)
                .withSeals(Map.of("/key3", new MirrorSeal()));
    }

    /// @return false when the power went during it
    private boolean live(boolean mayCrash) throws Exception {
        if (mayCrash && random.nextBoolean()) disk.cutPowerAfter(1 + random.nextInt(150));
        int steps = random.nextInt(STEPS_MAX);
        try {
            for (int i = 0; i < steps; i++) step();
            return true;
        } catch (PowerCut _) {
            boolean power = random.nextInt(3) > 0;
            if (power) losePower();
            else killed();
            return false;
        }
    }

    private void losePower() {
        disk.losePower();
        model.powerLost();
    }

    private void killed() {
        disk.killProcess();
        model.killed();
    }

    private void finish(End end) throws IOException {
        switch (end) {
            case POWER_CUT -> losePower();
            case KILL -> killed();
            case CLOSE -> close();
        }
    }

    private void close() throws IOException {
        disk.cutPowerAfter(Long.MAX_VALUE);
        while (store.runOnce() || runBackground()) { }
        store.verify();
        store.close();
        model.syncedAll();
        losePower();
    }

    private void step() throws Exception {
        switch (random.nextInt(10)) {
            case 0 -> runBackground();
            case 1 -> sync();
            case 2 -> read();
            case 3 -> fullDisk();
            default -> writes();
        }
    }

    private boolean runBackground() {
        var task = background.poll();
        if (task == null) return false;
        task.run();
        return true;
    }

    /// After the period of relaxed writes one step makes all of them certain.
    private void sync() {
        clock.advance(Writer.RELAXED_SYNC_PERIOD);
        store.runOnce();
        model.syncedAll();
    }

    private void read() throws CompactedException {
        assertEquals(model.newest(), StoreModel.tokens(store.snapshot()));
        assertEquals(model.newestRevision(), store.revision());
        long asked = openedAt + random.nextLong(store.revision() - openedAt + 1);
        try {
            assertEquals(model.at(asked), StoreModel.tokens(store.snapshot(asked)));
            assertEquals(heard.stream().filter(event -> event.revision() > asked).toList(), store.events("", asked));
        } catch (CompactedException e) {
            assertTrue(e.oldest() > asked, e.getMessage());
        }
    }

    private void fullDisk() throws Exception {
        disk.limit(disk.usedBytes() + random.nextInt(1_500));
        writes();
        disk.limit(Long.MAX_VALUE);
    }

    private void writes() throws Exception {
        var sent = new ArrayList<Sent>();
        int count = 1 + random.nextInt(WRITES_PER_STEP_MAX);
        for (int i = 0; i < count; i++) sent.add(send());
        store.runOnce();
        for (var one : sent) one.settle(model);
    }

    private Sent send() throws IOException {
        var key = "/key" + random.nextInt(KEYS);
        var found = store.snapshot().get(key).orElse(null);
        var durability = Durability.values()[random.nextInt(3)];
        long expected = found == null ? 0 : found.revision();
        if (random.nextInt(12) == 0) expected++;
        if (found != null && random.nextInt(4) == 0) {
            return new Sent(key, null, store.submit(new Delete(key, expected, durability)), durability, model);
        }
        var token = "token" + tokens++;
        var head = (token + " " + "x".repeat(random.nextInt(VALUE_BYTES_MAX))).getBytes(StandardCharsets.ISO_8859_1);
        return new Sent(key, token, store.submit(new Put(key, head, new byte[3], expected, durability, null)), durability, model);
    }

    /// A write that waits for the next step.
    private record Sent(String key, String token, CompletableFuture<Event> answer, Durability durability) {
        Sent(String key, String token, CompletableFuture<Event> answer, Durability durability, StoreModel model) {
            this(key, token, answer, durability);
            model.submitted(key, token, durability);
        }

        void settle(StoreModel model) {
            try {
                model.answered(key, token, durability, LogStore.await(answer).revision());
            } catch (ConflictException | IOException _) {
                model.withdrawn(key, token);
            }
        }
    }
}
