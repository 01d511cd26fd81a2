package home.oikos.dist;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.Informer;
import home.oikos.client.Resource;
import home.oikos.client.Selection;
import home.oikos.controller.ControllerGroup;
import java.time.Clock;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;

/// Waits for an object to become as expected, by watching it.
record Watching(ApiClient client) {
    /// Far beyond what a loaded machine takes; reached only when something is broken.
    private static final long PATIENCE_SECONDS = 120;

    Json until(Resource resource, ObjectKey key, Predicate<Json> expected) throws Exception {
        return until(resource, key.namespace(), cache -> cache.get(key).filter(expected).orElse(null));
    }

    void gone(Resource resource, ObjectKey key) throws Exception {
        until(resource, key.namespace(), cache -> cache.get(key).isEmpty() ? key : null);
    }

    /// All of a namespace are gone.
    void gone(Resource resource, String namespace) throws Exception {
        until(resource, namespace, cache -> cache.all().isEmpty() ? namespace : null);
    }

    /// @param answer null while it is not yet so
    private <T> T until(Resource resource, String namespace, Function<Cache<Json>, T> answer) throws Exception {
        var found = new CompletableFuture<T>();
        var surroundings = new ControllerGroup.Surroundings(Clock.systemUTC(), Thread::sleep, new SplittableRandom(1), (_, _, broken) -> { });
        try (var group = new ControllerGroup(client, surroundings)) {
            var cache = group.watch(new Informer.Scope(resource, namespace, Selection.ALL), Function.<Json>identity());
            cache.onChange((_, _, _) -> look(cache, answer, found));
            group.start();
            cache.awaitSynced();
            look(cache, answer, found);
            return found.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException never) {
            throw new AssertionError("not as expected in time: " + client.list(resource, namespace), never);
        }
    }

    private static <T> void look(Cache<Json> cache, Function<Cache<Json>, T> answer, CompletableFuture<T> found) {
        if (!cache.isSynced()) return;
        var answered = answer.apply(cache);
        if (answered != null) found.complete(answered);
    }
}
