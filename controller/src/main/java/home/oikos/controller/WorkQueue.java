package home.oikos.controller;

import home.oikos.api.ObjectKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Keys that are to be looked at. A key is in it once however often it was added, and is handed to one worker at a time: what is added
/// meanwhile comes again after [#done]. Any thread may add. It is bounded by the number of objects there are.
public final class WorkQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final LinkedHashSet<ObjectKey> ready = new LinkedHashSet<>();
    private final Set<ObjectKey> working = new HashSet<>();
    private final Set<ObjectKey> again = new HashSet<>();
    private final Map<ObjectKey, Instant> dueByKey = new HashMap<>();
    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparing(Due::at));

    private record Due(Instant at, ObjectKey key) { }

    public void add(ObjectKey key) {
        lock.lock();
        try {
            if (working.contains(key)) again.add(key);
            else ready.add(key);
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Adds the key at that instant, or at the one it has already if that is earlier.
    public void addAt(ObjectKey key, Instant at) {
        lock.lock();
        try {
            var known = dueByKey.get(key);
            if (known != null && !known.isAfter(at)) return;
            dueByKey.put(key, at);
            due.add(new Due(at, key));
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The next key to work on, if one is ready at that instant. [#done] must follow.
    public Optional<ObjectKey> poll(Instant now) {
        lock.lock();
        try {
            promote(now);
            if (ready.isEmpty()) return Optional.empty();
            var key = ready.removeFirst();
            working.add(key);
            return Optional.of(key);
        } finally {
            lock.unlock();
        }
    }

    public void done(ObjectKey key) {
        lock.lock();
        try {
            working.remove(key);
            if (again.remove(key)) ready.add(key);
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// When something will be ready: at once, later, or not before something is added.
    public Optional<Instant> nextAt() {
        lock.lock();
        try {
            if (!ready.isEmpty()) return Optional.of(Instant.MIN);
            forgetReplaced();
            return Optional.ofNullable(due.peek()).map(Due::at);
        } finally {
            lock.unlock();
        }
    }

    /// Blocks until something may be ready.
    void await(Clock clock) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var next = nextAt();
            if (next.isEmpty()) added.await();
            else if (next.get().isAfter(clock.instant())) added.awaitNanos(Duration.between(clock.instant(), next.get()).toNanos());
        } finally {
            lock.unlock();
        }
    }

    private void promote(Instant now) {
        forgetReplaced();
        while (!due.isEmpty() && !due.peek().at().isAfter(now)) {
            var key = due.poll().key();
            dueByKey.remove(key);
            if (working.contains(key)) again.add(key);
            else ready.add(key);
            forgetReplaced();
        }
    }

    /// A key that was brought forward leaves its later entry behind.
    private void forgetReplaced() {
        while (!due.isEmpty() && !due.peek().at().equals(dueByKey.get(due.peek().key()))) due.poll();
    }
}
