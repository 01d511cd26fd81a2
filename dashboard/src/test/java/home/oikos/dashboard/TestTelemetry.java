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
import java.util.function.DoubleUnaryOperator;

/// The gateway's readings as the page asks for them, of curves that a test knows: hours since then to value.
record TestTelemetry(Map<String, DoubleUnaryOperator> curves) implements LocalApi {
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
        return (request, response) -> response.send(200, "application/json", history(request).bytes());
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
