package home.oikos.gateway;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.http.Request;
import home.oikos.http.Response;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `gateway.oikos.home/v1alpha1` devices/{telemetry,history} (DESIGN 4.14), two lines of the [GatewayApi].
///
/// `GET .../namespaces/NS/devices/NAME/telemetry[?property=P]` answers what is in memory, `GET .../history?property=P&from=T&to=T&points=N`
/// a range of it. A sample is `[milliseconds, value]`; where there were more than N, `[milliseconds, average, least, greatest]` of each of N spans.
public final class TelemetryApi {
    private static final int POINTS_DEFAULT = 500;
    /// A chart has fewer pixels.
    private static final int POINTS_MAX = 10_000;
    private static final Duration RANGE_DEFAULT = Duration.ofHours(24);

    private final Telemetry telemetry;
    private final Clock clock;

    public TelemetryApi(Telemetry telemetry, Clock clock) {
        this.telemetry = telemetry;
        this.clock = clock;
    }

    public List<ServedResource> resources() {
        return List.of(new ServedResource("devices", "telemetry", "DeviceTelemetry", List.of(ServedResource.Verb.get), this::telemetry),
                new ServedResource("devices", "history", "DeviceHistory", List.of(ServedResource.Verb.get), this::history));
    }

    private void telemetry(Request request, Response response) {
        var device = request.attribute(ObjectKey.class);
        send(response, "DeviceTelemetry", device, recent(device, request.parameter("property")));
    }

    private void history(Request request, Response response) {
        var device = request.attribute(ObjectKey.class);
        send(response, "DeviceHistory", device, JsonArray.of(history(request, device)));
    }

    private JsonArray recent(ObjectKey device, Optional<String> only) {
        return new JsonArray(telemetry.properties(device).stream().filter(property -> only.isEmpty() || only.get().equals(property))
                .<Json>map(property -> property(property, samples(telemetry.recent(new Series(device, property))))).toList());
    }

    private JsonObject history(Request request, ObjectKey device) {
        var property = request.parameter("property").orElseThrow(() -> new IllegalArgumentException("property is missing: history is of one property"));
        var to = instant(request, "to").orElse(clock.instant());
        var from = instant(request, "from").orElse(to.minus(RANGE_DEFAULT));
        if (from.isAfter(to)) throw new IllegalArgumentException("from is after to");
        int points = request.parameter("points").map(asked -> Math.clamp(number(asked), 1, POINTS_MAX)).orElse(POINTS_DEFAULT);
        var samples = telemetry.range(new Series(device, property), from, to);
        return property(property, samples.size() <= points ? samples(samples) : spans(samples, from, to, points));
    }

    private static Optional<Instant> instant(Request request, String parameter) {
        return request.parameter(parameter).map(asked -> {
            try {
                return Instant.parse(asked);
            } catch (DateTimeException wrong) {
                throw new IllegalArgumentException(parameter + ": expected a time like 2026-01-02T00:00:00Z, found " + Words.shortened(asked));
            }
        });
    }

    private static int number(String asked) {
        try {
            return Integer.parseInt(asked);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("points: expected a number, found " + Words.shortened(asked));
        }
    }

    private static JsonObject property(String name, JsonArray samples) {
        return JsonObject.of("name", name, "samples", samples);
    }

    private static JsonArray samples(List<Sample> samples) {
        return new JsonArray(samples.stream().<Json>map(sample -> JsonArray.of(sample.millis(), sample.value())).toList());
    }

    /// Least and greatest stay visible however far out one looks.
    private static JsonArray spans(List<Sample> samples, Instant from, Instant to, int points) {
        long width = Math.max(1, Duration.between(from, to).toMillis() / points + 1);
        var spans = new ArrayList<Json>();
        for (int first = 0; first < samples.size(); ) {
            long span = (samples.get(first).millis() - from.toEpochMilli()) / width;
            int next = first;
            while (next < samples.size() && (samples.get(next).millis() - from.toEpochMilli()) / width == span) next++;
            var statistics = samples.subList(first, next).stream().mapToDouble(Sample::value).summaryStatistics();
            spans.add(JsonArray.of(from.toEpochMilli() + span * width + width / 2, statistics.getAverage(), statistics.getMin(), statistics.getMax()));
            first = next;
        }
        return new JsonArray(spans);
    }

    private static void send(Response response, String kind, ObjectKey device, JsonArray properties) {
        response.send(200, "application/json", JsonObject.of("kind", kind, "apiVersion", GatewayApi.GROUP + "/" + GatewayApi.VERSION,
                "metadata", JsonObject.of("namespace", device.namespace(), "name", device.name()), "properties", properties).bytes());
    }
}
