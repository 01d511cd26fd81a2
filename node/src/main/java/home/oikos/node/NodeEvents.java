package home.oikos.node;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.Timestamps;
import home.oikos.client.ApiClient;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.random.RandomGenerator;

/// Tells the API what happens to pods, as Events. Telling never blocks the teller: what does not fit the queue is dropped, since an
/// Event is for people. The same again counts up instead of making another.
final class NodeEvents implements AutoCloseable {
    /// At some hundred bytes each this is 100 KiB.
    private static final int WAITING_MAX = 256;
    /// How many different Events may count up.
    private static final int KNOWN_MAX = 512;

    private final ApiClient client;
    private final String node;
    private final Clock clock;
    private final RandomGenerator random;
    private final BlockingQueue<Told> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final Map<Told, Known> known = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Told, Known> eldest) {
            return size() > KNOWN_MAX;
        }
    };
    private final Thread teller;

    /// What was told.
    private record Told(PodIdentity pod, String field, String type, String reason, String message) { }

    /// The Event it became.
    private record Known(ObjectKey key, int count) { }

    NodeEvents(ApiClient client, String node, Clock clock, RandomGenerator random) {
        this.client = client;
        this.node = node;
        this.clock = clock;
        this.random = random;
        teller = Thread.ofVirtual().name("node-events").start(this::run);
    }

    /// @param container empty when it is about the whole pod
    void normal(Json pod, String container, String reason, String message) {
        tell(pod, container, "Normal", reason, message);
    }

    void warning(Json pod, String container, String reason, String message) {
        tell(pod, container, "Warning", reason, message);
    }

    private void tell(Json pod, String container, String type, String reason, String message) {
        waiting.offer(new Told(PodIdentity.of(pod), container.isEmpty() ? "" : "spec.containers{" + container + "}", type, reason,
                message));
    }

    private void run() {
        try {
            while (true) write(waiting.take());
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Told told) {
        try {
            var before = known.get(told);
            known.put(told, before == null ? create(told) : again(before));
        } catch (ApiException | UncheckedIOException lost) {
            known.remove(told);
        }
    }

    private Known again(Known before) {
        client.patch(Resources.EVENTS, before.key(), Patch.merge("count", before.count() + 1, "lastTimestamp",
                Timestamps.time(clock.instant())));
        return new Known(before.key(), before.count() + 1);
    }

    private Known create(Told told) {
        var pod = told.pod();
        var key = new ObjectKey(pod.namespace(), pod.name() + "." + Long.toHexString(random.nextLong()));
        var now = Timestamps.time(clock.instant());
        var about = JsonObject.of("kind", "Pod", "apiVersion", "v1", "namespace", pod.namespace(), "name", pod.name(), "uid", pod.uid(),
                "fieldPath", told.field().isEmpty() ? null : told.field());
        client.create(Resources.EVENTS, JsonObject.of("apiVersion", "v1", "kind", "Event",
                "metadata", JsonObject.of("name", key.name(), "namespace", key.namespace()), "involvedObject", about, "type", told.type(),
                "reason", told.reason(), "message", told.message(), "source", JsonObject.of("component", "kubelet", "host", node),
                "reportingComponent", "kubelet", "reportingInstance", node, "firstTimestamp", now, "lastTimestamp", now, "count", 1));
        return new Known(key, 1);
    }

    @Override
    public void close() {
        teller.interrupt();
    }
}
