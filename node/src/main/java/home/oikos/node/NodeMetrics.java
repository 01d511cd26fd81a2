package home.oikos.node;

import home.oikos.api.JsonObject;
import home.oikos.api.Timestamps;
import home.oikos.node.ContainerRuntime.Usage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What pods and the machine use now, as `metrics.k8s.io` says it. Samples are taken when somebody asks: a home that nobody looks at pays
/// nothing. Use of a processor is the difference of two samples, so who asks for the first time waits for the second. Safe for any thread.
public final class NodeMetrics {
    /// Between two samples: shorter says little, longer says nothing of now.
    private static final Duration WINDOW_MIN = Duration.ofSeconds(1);
    private static final Duration WINDOW_MAX = Duration.ofSeconds(60);
    /// Answers within this time are the same.
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Supplier<Map<String, Usage>> usage;
    private final LongSupplier machineCpuNanos;
    private final NodeSettings settings;
    private final Machine machine;
    private final Supplier<List<PodView>> pods;
    private final Clock clock;
    private Sample before;
    private Sample now;

    /// @param machineCpuNanos time all processors have worked since the machine started
    NodeMetrics(Supplier<Map<String, Usage>> usage, LongSupplier machineCpuNanos, NodeSettings settings, Machine machine,
            Supplier<List<PodView>> pods, Clock clock) {
        this.usage = usage;
        this.machineCpuNanos = machineCpuNanos;
        this.settings = settings;
        this.machine = machine;
        this.pods = pods;
        this.clock = clock;
    }

    private record Sample(Instant time, Map<String, Usage> containers, long machineCpuNanos, long machineBytes) { }

    /// Two samples and the nanoseconds between them.
    private record Span(Sample before, Sample now) {
        /// Whether the container ran at both.
        boolean covers(String containerId) {
            return before.containers().containsKey(containerId) && now.containers().containsKey(containerId);
        }

        JsonObject of(String containerId) {
            var last = now.containers().get(containerId);
            return amounts(last.cpuNanos() - before.containers().get(containerId).cpuNanos(), last.memoryBytes());
        }

        JsonObject ofMachine() {
            return amounts(now.machineCpuNanos() - before.machineCpuNanos(), now.machineBytes());
        }

        private JsonObject amounts(long cpuNanos, long bytes) {
            return JsonObject.of("cpu", Math.max(0, cpuNanos) * 1_000 / millis() + "n", "memory", bytes / 1_024 + "Ki");
        }

        long millis() {
            return Math.max(1, Duration.between(before.time(), now.time()).toMillis());
        }
    }

    /// A NodeMetrics of this machine.
    public JsonObject node() throws InterruptedException {
        var span = span();
        return metrics("NodeMetrics", JsonObject.of("name", settings.nodeName()), span).with("usage", span.ofMachine());
    }

    /// A PodMetrics of each pod that runs, with the pod's labels.
    public List<JsonObject> pods() throws InterruptedException {
        var span = span();
        var metrics = new ArrayList<JsonObject>();
        for (var view : pods.get()) {
            var containers = view.running().stream().filter(run -> span.covers(run.id()))
                    .map(run -> JsonObject.of("name", run.name(), "usage", span.of(run.id()))).toList();
            if (!containers.isEmpty()) metrics.add(metrics("PodMetrics", metadata(view), span).with("containers", containers));
        }
        return metrics;
    }

    private static JsonObject metadata(PodView view) {
        var labels = view.pod().at("metadata", "labels");
        return JsonObject.of("name", view.identity().name(), "namespace", view.identity().namespace(), "labels",
                labels.isNull() ? null : labels);
    }

    private static JsonObject metrics(String kind, JsonObject metadata, Span span) {
        var time = Timestamps.time(span.now().time());
        return JsonObject.of("kind", kind, "apiVersion", "metrics.k8s.io/v1beta1", "metadata", metadata.with("creationTimestamp", time),
                "timestamp", time, "window", span.millis() / 1_000.0 + "s");
    }

    private synchronized Span span() throws InterruptedException {
        var time = clock.instant();
        if (now != null && before != null && age(now, time).compareTo(FRESH) < 0) return new Span(before, now);
        if (now == null || age(now, time).compareTo(WINDOW_MAX) > 0) now = sample();
        if (age(now, clock.instant()).compareTo(WINDOW_MIN) < 0) new CountDownLatch(1).await(WINDOW_MIN.toMillis(), TimeUnit.MILLISECONDS);
        before = now;
        now = sample();
        return new Span(before, now);
    }

    private static Duration age(Sample sample, Instant time) {
        return Duration.between(sample.time(), time);
    }

    private Sample sample() {
        var containers = usage.get();
        return new Sample(clock.instant(), containers, machineCpuNanos.getAsLong(), machine.memoryBytes() - Machine.availableBytes());
    }
}
