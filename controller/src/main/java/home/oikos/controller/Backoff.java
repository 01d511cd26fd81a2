package home.oikos.controller;

import home.oikos.api.ObjectKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// How long to wait before a failed key is tried again: doubling from [#FIRST] to [#MAX]. Used by one worker.
final class Backoff {
    /// A conflict or a missing neighbour is usually gone at once.
    static final Duration FIRST = Duration.ofMillis(10);
    /// A home must not need a human because a fault lasted long: one try in two minutes costs nothing.
    static final Duration MAX = Duration.ofMinutes(2);

    private final Map<ObjectKey, Integer> failures = new HashMap<>();

    Duration next(ObjectKey key) {
        int before = failures.merge(key, 1, Integer::sum) - 1;
        var wait = FIRST.multipliedBy(1L << Math.min(before, 20));
        return wait.compareTo(MAX) < 0 ? wait : MAX;
    }

    void forget(ObjectKey key) {
        failures.remove(key);
    }
}
