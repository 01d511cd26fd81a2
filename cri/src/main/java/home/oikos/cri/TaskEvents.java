package home.oikos.cri;

import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.node.RuntimeFailure;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Listens to containerd's events of starting and ending processes (CRI's own events came only with containerd 1.7). When the stream
/// breaks it subscribes again and tells the empty ID, since anything may have happened meanwhile.
final class TaskEvents implements AutoCloseable {
    private static final Duration RETRY = Duration.ofMillis(200);
    private static final JsonArray TOPICS = JsonArray.of("topic==\"/tasks/start\"", "topic==\"/tasks/exit\"", "topic==\"/tasks/delete\"",
            "topic==\"/tasks/oom\"");

    private final Services services;
    private final Consumer<String> containerId;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile CountDownLatch over = new CountDownLatch(1);

    TaskEvents(Services services, Consumer<String> containerId) {
        this.services = services;
        this.containerId = containerId;
    }

    TaskEvents start() {
        Thread.ofVirtual().name("containerd-events").start(this::run);
        return this;
    }

    private void run() {
        try {
            do listen();
            while (!closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// One subscription, from its beginning to its end.
    private void listen() throws InterruptedException {
        var ended = new CountDownLatch(1);
        over = ended;
        try (var stream = services.stream(Services.EVENTS + "Subscribe", "containerd/SubscribeRequest", JsonObject.of("filters", TOPICS),
                "containerd/Envelope", this::take, _ -> ended.countDown())) {
            containerId.accept("");
            if (closed.getCount() > 0) ended.await();
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void take(JsonObject envelope) {
        var bytes = Base64.getDecoder().decode(envelope.at("event", "value").text(""));
        try {
            containerId.accept(services.decode(bytes, "containerd/TaskEvent").at("container_id").text(""));
        } catch (RuntimeFailure | IllegalArgumentException unreadable) {
            containerId.accept("");
        }
    }

    @Override
    public void close() {
        closed.countDown();
        over.countDown();
    }
}
