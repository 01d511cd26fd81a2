package home.oikos.dashboard;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.apiserver.LocalApi;
import home.oikos.http.Handler;
import home.oikos.http.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/// What the gateway serves as the page asks for it: readings of devices, of curves that a test knows (hours since then to value), and of a dice; a lock
/// that opens for one code.
record TestTelemetry(Map<String, DoubleUnaryOperator> curves) implements LocalApi {
    private static final JsonObject READING = JsonObject.of("state", "Healthy", "sampleBits", 1, "samples", 41_213_952, "samplesPerSecond", 4_096,
            "entropyBitsPerSecond", 3_072, "histogram", List.of(19_782_696, 21_431_256), "reseeds", 10_061);
    static final String CODE = "271828";
    private static final Duration STEP = Duration.ofMinutes(6);

    @Override
    public String group() {
        return "gateway.oikos.home";
    }

    @Override
    public String version() {
        return "v1alpha1";
    }

    @Override
    public JsonObject resources() {
        var history = JsonObject.of("name", "devices/history", "singularName", "", "namespaced", true, "kind", "DeviceHistory", "verbs",
                List.of("get"));
        return JsonObject.of("kind", "APIResourceList", "apiVersion", "v1", "groupVersion", group() + "/" + version(), "resources",
                List.of(history));
    }

    @Override
    public Handler handler() {
        return (request, response) -> {
            switch (request.path().substring(request.path().lastIndexOf('/') + 1)) {
                case "reading" -> response.send(200, "application/json", READING.bytes());
                case "samples" -> response.send(200, "application/octet-stream", samples(Integer.parseInt(request.parameter("count").orElseThrow())));
                case "command" -> {
                    boolean right = Json.parse(request.body(1_024)).equals(JsonObject.of("command", "open", "code", CODE));
                    response.send(right ? 200 : 403, "application/json", JsonObject.of("message", right ? "front-door-lock is told to open"
                            : "the code was not accepted (Wrong): wrong; again in 5 s").bytes());
                }
                default -> response.send(200, "application/json", history(request).bytes());
            }
        };
    }

    /// Bits of a dice, each one by one.
    private static byte[] samples(int count) {
        var random = new SplittableRandom(1);
        var samples = new byte[count];
        for (int i = 0; i < count; i++) samples[i] = (byte) (random.nextDouble() < 0.52 ? 1 : 0);
        return samples;
    }

    private JsonObject history(Request request) {
        var parts = request.path().split("/");
        var property = request.parameter("property").orElse("");
        var curve = curves.get(parts[7] + "." + property);
        var from = Instant.parse(request.parameter("from").orElseThrow());
        var to = Instant.parse(request.parameter("to").orElseThrow());
        var samples = new JsonArray(curve == null ? List.of() : samples(curve, from, to));
        return JsonObject.of("kind", "DeviceHistory", "properties", JsonArray.of(JsonObject.of("name", property, "samples", samples)));
    }

    private static List<Json> samples(DoubleUnaryOperator curve, Instant from, Instant to) {
        var samples = new ArrayList<Json>();
        for (var at = from; at.isBefore(to); at = at.plus(STEP)) {
            double hours = Duration.between(at, to).toMillis() / 3_600_000.0;
            samples.add(JsonArray.of(at.toEpochMilli(), Math.round(curve.applyAsDouble(hours) * 1000) / 1000.0));
        }
        return samples;
    }
}
