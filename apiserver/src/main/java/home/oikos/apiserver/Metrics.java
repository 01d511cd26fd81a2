package home.oikos.apiserver;

import home.oikos.api.GroupVersion;
import home.oikos.http.Request;
import home.oikos.store.Store;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/// Counts requests, and tells them with the state of store and process in Prometheus' text format. Names are upstream's where upstream has
/// them.
final class Metrics {
    /// Upper bounds in seconds: a home's requests lie between 0.2 ms and a second.
    private static final double[] BUCKETS = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5};
    private static final double NANOS = 1e9;

    private record Kind(String verb, String group, String resource, String subresource, int code) { }

    private final Resources resources;
    private final Store store;
    private final IntSupplier watchers;
    private final Map<Kind, LongAdder> requests = new ConcurrentHashMap<>();
    private final Map<String, Histogram> durations = new ConcurrentHashMap<>();

    Metrics(Resources resources, Store store, IntSupplier watchers) {
        this.resources = resources;
        this.store = store;
        this.watchers = watchers;
    }

    /// Counts one answer. A watch counts when it begins.
    void answered(Request request, int code, Duration duration) {
        var call = request.attribute(ApiCall.class);
        if (call == null) return;
        requests.computeIfAbsent(kind(call, code), _ -> new LongAdder()).increment();
        durations.computeIfAbsent(call.isResource() ? call.verb() : "other", _ -> new Histogram()).add(duration.toNanos());
    }

    /// What no resource is called by is not named: whoever makes up names must not fill the memory.
    private Kind kind(ApiCall call, int code) {
        var known = call.isResource() && resources.find(new GroupVersion(call.group(), call.version()), call.resource())
                .filter(r -> call.subresource().isEmpty() || r.definition().subresource(call.subresource()).isPresent()).isPresent();
        return known ? new Kind(call.verb(), call.group(), call.resource(), call.subresource(), code) : new Kind("other", "", "", "", code);
    }

    String text() {
        var out = new StringBuilder();
        head(out, "apiserver_request_total", "counter", "Answers by verb, resource and code.");
        var sorted = new TreeMap<String, Long>();
        requests.forEach((kind, count) -> sorted.put(labels(kind), count.sum()));
        sorted.forEach((labels, count) -> out.append("apiserver_request_total{").append(labels).append("} ").append(count).append('\n'));
        head(out, "apiserver_request_duration_seconds", "histogram", "Time to the answer by verb; of a watch, to its beginning.");
        new TreeMap<>(durations).forEach((verb, histogram) -> histogram.write(out, verb));
        one(out, "apiserver_registered_watchers", "gauge", "Watches that are open.", watchers.getAsInt());
        one(out, "oikos_store_revision", "counter", "The newest revision of the store.", store.revision());
        ProcessFacts.write(out);
        return out.toString();
    }

    private static String labels(Kind kind) {
        return "code=\"%d\",group=\"%s\",resource=\"%s\",subresource=\"%s\",verb=\"%s\"".formatted(kind.code, kind.group, kind.resource,
                kind.subresource, kind.verb);
    }

    static void head(StringBuilder out, String name, String type, String explanation) {
        out.append("# HELP ").append(name).append(' ').append(explanation).append("\n# TYPE ").append(name).append(' ').append(type)
                .append('\n');
    }

    static void one(StringBuilder out, String name, String type, String explanation, Number value) {
        head(out, name, type, explanation);
        out.append(name).append(' ').append(value).append('\n');
    }

    private static final class Histogram {
        private final LongAdder[] counts = new LongAdder[BUCKETS.length + 1];
        private final LongAdder nanos = new LongAdder();

        Histogram() {
            for (int i = 0; i < counts.length; i++) counts[i] = new LongAdder();
        }

        void add(long duration) {
            int bucket = 0;
            while (bucket < BUCKETS.length && duration > BUCKETS[bucket] * NANOS) bucket++;
            counts[bucket].increment();
            nanos.add(duration);
        }

        void write(StringBuilder out, String verb) {
            long total = 0;
            for (int i = 0; i < counts.length; i++) {
                total += counts[i].sum();
                out.append("apiserver_request_duration_seconds_bucket{verb=\"").append(verb).append("\",le=\"")
                        .append(i < BUCKETS.length ? Double.toString(BUCKETS[i]) : "+Inf").append("\"} ").append(total).append('\n');
            }
            out.append("apiserver_request_duration_seconds_sum{verb=\"").append(verb).append("\"} ").append(nanos.sum() / NANOS)
                    .append('\n');
            out.append("apiserver_request_duration_seconds_count{verb=\"").append(verb).append("\"} ").append(total).append('\n');
        }
    }
}
