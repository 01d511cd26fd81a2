package home.oikos.http;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// What a server has in hand, counted against its limits. Any thread.
final class Serving {
    private final Limits limits;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger watches = new AtomicInteger();
    private final Set<Runnable> endings = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    Serving(Limits limits) {
        this.limits = limits;
    }

    Limits limits() {
        return limits;
    }

    int requests() {
        return requests.get();
    }

    int watches() {
        return watches.get();
    }

    /// A place among the requests being handled, or none when all are taken.
    Optional<Turn> requestBegins() {
        return begins(requests, limits.requestsMax()) ? Optional.of(new Turn()) : Optional.empty();
    }

    /// The place of one request. Any thread ends it, the first time counts: before the client can have read its answer, where that takes
    /// no waiting for the client, so that one that asks again at once is never counted twice.
    final class Turn {
        private final AtomicBoolean ended = new AtomicBoolean();

        void end() {
            if (!ended.getAndSet(true)) requests.decrementAndGet();
        }
    }

    void watchBegins() {
        if (!begins(watches, limits.watchesMax())) {
            throw new OverloadedException("the server holds " + limits.watchesMax() + " watches, as many as it may; try again later");
        }
    }

    void watchEnded() {
        watches.decrementAndGet();
    }

    private static boolean begins(AtomicInteger count, int max) {
        if (count.incrementAndGet() <= max) return true;
        count.decrementAndGet();
        return false;
    }

    /// Has `end` run when the server closes; at once when it closes already, for what began just before.
    void lasting(Runnable end) {
        endings.add(end);
        if (closing) end.run();
    }

    void over(Runnable end) {
        endings.remove(end);
    }

    void endAll() {
        closing = true;
        endings.forEach(Runnable::run);
    }
}
