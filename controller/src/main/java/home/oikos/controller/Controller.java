package home.oikos.controller;

import home.oikos.api.ApiException;
import home.oikos.api.ObjectKey;
import home.oikos.client.Cache;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.function.BiFunction;

/// Feeds a reconciler from its queue, and is the one place that decides on retry. [#runOnce] is the step; [#run] loops it on a thread of
/// its own.
public final class Controller {
    private final String name;
    private final Reconciler reconciler;
    private final Failures failures;
    private final WorkQueue queue = new WorkQueue();
    private final Backoff backoff = new Backoff();

    public Controller(String name, Reconciler reconciler, Failures failures) {
        this.name = name;
        this.reconciler = reconciler;
        this.failures = failures;
    }

    public String name() {
        return name;
    }

    public WorkQueue queue() {
        return queue;
    }

    /// Looks at an object whenever its record changes.
    public <T> Controller on(Cache<T> cache) {
        cache.onChange((key, _, _) -> queue.add(key));
        return this;
    }

    /// Looks at others whenever an object's record changes: those that it concerned before and those that it concerns now.
    public <T> Controller on(Cache<T> cache, BiFunction<ObjectKey, T, ? extends Collection<ObjectKey>> concerned) {
        cache.onChange((key, before, after) -> {
            if (before != null) concerned.apply(key, before).forEach(queue::add);
            if (after != null) concerned.apply(key, after).forEach(queue::add);
        });
        return this;
    }

    /// Does at most one unit of work. Never sleeps, never starts a thread.
    public boolean runOnce(Instant now) {
        var next = queue.poll(now);
        if (next.isEmpty()) return false;
        var key = next.get();
        try {
            follow(key, reconciler.reconcile(key), now);
        } catch (ApiException conflict) {
            if (conflict.code() != 409) failures.failed(name, key, conflict);
            queue.addAt(key, now.plus(backoff.next(key)));
        } catch (RuntimeException | StackOverflowError broken) {
            failures.failed(name, key, broken);
            queue.addAt(key, now.plus(backoff.next(key)));
        } finally {
            queue.done(key);
        }
        return true;
    }

    private void follow(ObjectKey key, Outcome outcome, Instant now) {
        switch (outcome) {
            case Outcome.Settled _ -> backoff.forget(key);
            case Outcome.CheckAgain(var after) -> {
                backoff.forget(key);
                queue.addAt(key, now.plus(after));
            }
            case Outcome.Retry _ -> queue.addAt(key, now.plus(backoff.next(key)));
        }
    }

    /// Works until the thread is interrupted. Costs nothing while there is nothing to do.
    public void run(Clock clock) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (!runOnce(clock.instant())) queue.await(clock);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
