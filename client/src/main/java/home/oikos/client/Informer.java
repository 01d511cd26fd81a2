package home.oikos.client;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonException;
import home.oikos.api.ObjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// Keeps a [Cache] of one kind up to date by list and watch. [#run] belongs on one virtual thread and returns when it is interrupted or
/// closed; everything else may be called from anywhere. A lost watch goes on where it stopped; a 410 lists again, and what vanished
/// meanwhile is told as deleted. Between failures it waits, ever longer.
public final class Informer<T> implements AutoCloseable {
    static final Duration RETRY_FIRST = Duration.ofMillis(200);
    /// Long enough not to hammer a server that is down, short enough that a home is itself again soon after it is back.
    static final Duration RETRY_MAX = Duration.ofSeconds(15);

    private final ApiClient client;
    private final Scope scope;
    private final Function<Json, T> record;
    private final Cache<T> cache = new Cache<>();
    private final Pause pause;
    private final RandomGenerator random;
    private volatile Observer observer = new Observer() { };
    private volatile Watch open;
    private volatile boolean closed;
    private String resourceVersion = "";
    private int failures;

    /// What is watched.
    public record Scope(Resource resource, String namespace, Selection selection) {
        public static Scope all(Resource resource) {
            return new Scope(resource, "", Selection.ALL);
        }
    }

    /// Waits between two attempts; the world outside sleeps, a test does not.
    @FunctionalInterface
    public interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    /// Hears of events beside the cache, for a reader that keeps few objects but must know of all.
    public interface Observer {
        /// After the cache has taken the event.
        default void happened(WatchEvent event) { }

        /// After a whole list was read: what was deleted since the last one is not told one by one.
        default void listed() { }
    }

    /// @param record what is kept of each object: as little as its readers use; null keeps nothing of it
    public Informer(ApiClient client, Scope scope, Function<Json, T> record, Pause pause, RandomGenerator random) {
        this.client = client;
        this.scope = scope;
        this.record = record;
        this.pause = pause;
        this.random = random;
    }

    public Cache<T> cache() {
        return cache;
    }

    public Scope scope() {
        return scope;
    }

    /// Called by the informer's thread. One observer; set before [#run].
    public void observe(Observer observer) {
        this.observer = observer;
    }

    /// Lists and watches until the thread is interrupted or [#close] is called.
    public void run() {
        try {
            while (!closed && !Thread.currentThread().isInterrupted()) attempt();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() throws InterruptedException {
        try {
            if (resourceVersion.isEmpty()) list();
            follow();
        } catch (ApiException refused) {
            // 410: our place in history is gone. Other refusals (no right yet, kind not served yet) may end too: ask again, from the start.
            resourceVersion = "";
            if (refused.code() != 410) backOff();
        } catch (UncheckedIOException | IOException | JsonException broken) {
            backOff();
        }
    }

    private void backOff() throws InterruptedException {
        if (closed) return;
        var doubled = RETRY_FIRST.multipliedBy(1L << Math.min(failures++, 10));
        var capped = doubled.compareTo(RETRY_MAX) < 0 ? doubled : RETRY_MAX;
        pause.sleep(capped.plusMillis(random.nextLong(capped.toMillis() / 4 + 1)));
    }

    /// Reads everything once and makes the cache equal to it.
    public void list() {
        Map<ObjectKey, T> found = new HashMap<>();
        resourceVersion = client.list(scope.resource(), scope.namespace(), scope.selection(),
                object -> keep(found, ObjectKey.of(object), record.apply(object)));
        cache.replaceAll(found);
        observer.listed();
        failures = 0;
    }

    private static <T> void keep(Map<ObjectKey, T> found, ObjectKey key, T record) {
        if (record != null) found.put(key, record);
    }

    private void follow() throws IOException {
        try (var watch = client.watch(scope.resource(), scope.namespace(), scope.selection(), resourceVersion)) {
            open = watch;
            if (closed) return;
            for (var event = watch.next(); event.isPresent(); event = watch.next()) take(event.get());
        } finally {
            open = null;
        }
    }

    private void take(WatchEvent event) {
        switch (event.type()) {
            case ADDED, MODIFIED -> cache.put(ObjectKey.of(event.object()), record.apply(event.object()));
            case DELETED -> cache.remove(ObjectKey.of(event.object()));
            case BOOKMARK -> { }
            case ERROR -> throw ApiException.of(event.object().object());
        }
        resourceVersion = event.resourceVersion();
        failures = 0;
        observer.happened(event);
    }

    @Override
    public void close() {
        closed = true;
        var watch = open;
        if (watch != null) watch.close();
    }
}
