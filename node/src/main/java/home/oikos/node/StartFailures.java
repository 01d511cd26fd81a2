package home.oikos.node;

import home.oikos.node.PodView.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What could not be started, why, and when it is tried again. One worker's thread.
final class StartFailures {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration QUICK_FIRST = Duration.ofSeconds(1);
    private static final Duration QUICK_LONGEST = Duration.ofSeconds(20);

    private final Map<String, Failure> byName = new HashMap<>();

    private record Failure(int count, Instant notBefore, Waiting waiting) { }

    /// @param quick what was missing may come any moment: look again soon
    void failed(String name, Waiting waiting, boolean quick, Instant now) {
        int count = Optional.ofNullable(byName.get(name)).map(Failure::count).orElse(0) + 1;
        byName.put(name, new Failure(count, now.plus(wait(count, quick ? QUICK_FIRST : FIRST, quick ? QUICK_LONGEST : LONGEST)), waiting));
    }

    private static Duration wait(int count, Duration first, Duration longest) {
        var doubled = first.multipliedBy(1L << Math.min(count - 1, 20));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }

    void succeeded(String name) {
        byName.remove(name);
    }

    boolean mayTry(String name, Instant now) {
        var failure = byName.get(name);
        return failure == null || !failure.notBefore().isAfter(now);
    }

    Optional<Instant> next() {
        return byName.values().stream().map(Failure::notBefore).min(Instant::compareTo);
    }

    /// Why each waits. While an image is not asked for again yet, that is what it says.
    Map<String, Waiting> waiting(Instant now) {
        var waiting = new HashMap<String, Waiting>();
        byName.forEach((name, failure) -> waiting.put(name, failure.count() > 1 && failure.waiting().reason().equals("ErrImagePull")
                ? new Waiting("ImagePullBackOff", "Back-off pulling image: " + failure.waiting().message()) : failure.waiting()));
        return waiting;
    }
}
