package home.oikos.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;

/// The broadcast: one lane per event loop, so that an event costs the publisher one hand-over a loop, however many watch.
/// A watcher that joins its lane's queue after a publication finds that event in its replay; one that joins before it gets the
/// event live. That is why no lock is needed between the two.
final class FanOut<E> implements Broadcast<E> {
    private final ToLongFunction<E> position;
    private final Map<Executor, Lane<E>> lanes = new ConcurrentHashMap<>();
    private final AtomicInteger watchers = new AtomicInteger();

    FanOut(ToLongFunction<E> position) {
        this.position = position;
    }

    @Override
    public void publish(List<E> events) {
        var batch = List.copyOf(events);
        lanes.forEach((executor, lane) -> executor.execute(() -> lane.deliver(batch)));
    }

    @Override
    public int watchers() {
        return watchers.get();
    }

    long position(E event) {
        return position.applyAsLong(event);
    }

    void join(Executor executor, LiveWatch<E> watch) {
        watchers.incrementAndGet();
        var lane = lanes.computeIfAbsent(executor, _ -> new Lane<>());
        executor.execute(() -> lane.members.add(watch));
    }

    /// Once a watch, on its executor.
    void leave(Executor executor, LiveWatch<E> watch) {
        if (lanes.get(executor).members.remove(watch)) watchers.decrementAndGet();
    }

    /// The watchers of one executor; touched only by it.
    private static final class Lane<E> {
        private final List<LiveWatch<E>> members = new ArrayList<>();

        /// Watches leave while we go through them: they are cut when they lag.
        void deliver(List<E> batch) {
            for (var member : List.copyOf(members)) member.offer(batch);
        }
    }
}
