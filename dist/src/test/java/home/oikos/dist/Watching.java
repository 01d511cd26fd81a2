package home.oikos.dist;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
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
        var found = new CompletableFuture<Json>();
        var surroundings = new ControllerGroup.Surroundings(Clock.systemUTC(), Thread::sleep, new SplittableRandom(1), (_, _, broken) -> { });
        try (var group = new ControllerGroup(client, surroundings)) {
            var cache = group.watch(new Informer.Scope(resource, key.namespace(), Selection.ALL), Function.<Json>identity());
            cache.onChange((changed, _, after) -> {
                if (changed.equals(key) && after != null && expected.test(after)) found.complete(after);
            });
            group.start();
            return found.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException never) {
            throw new AssertionError(key + " did not become as expected; it is " + client.find(resource, key), never);
        }
    }
}
