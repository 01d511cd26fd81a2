package home.oikos.dashboard;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.Yaml;
import home.oikos.client.Resource;
import home.oikos.client.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Pattern;

/// Fills a test home with the things of `furniture/*.yaml`, as a gateway and controllers would have left them.
final class Furniture {
    private static final Pattern TIME = Pattern.compile("\\{\\{(\\d+)([smh])}}");
    private static final Map<String, Resource> KINDS = Map.ofEntries(Map.entry("models", TestHome.MODELS), Map.entry("devices", TestHome.DEVICES),
            Map.entry("interlocks", TestHome.INTERLOCKS), Map.entry("reactions", TestHome.REACTIONS), Map.entry("scalers", TestHome.SCALERS),
            Map.entry("fermentations", TestHome.FERMENTATIONS), Map.entry("entropysources", TestHome.ENTROPY_SOURCES),
            Map.entry("rollouts", TestHome.ROLLOUTS), Map.entry("nodes", Resources.NODES), Map.entry("deployments", Resources.DEPLOYMENTS),
            Map.entry("pods", Resources.PODS), Map.entry("events", Resources.EVENTS));
    /// What the gateway would say of a device that is as it should be.
    private static final List<String> GOOD = List.of("Online Heard The_device_speaks.", "InSync InSync It_is_as_wanted.",
            "Fresh Fresh Every_value_is_as_recent_as_expected.");

    /// The readings of the last hours, by device and property; hours ago to value.
    static final Map<String, DoubleUnaryOperator> READINGS = Map.of(
            "fridge.temperature", hours -> 4.2 + 0.7 * Math.sin(hours * 5) + 0.2 * Math.sin(hours * 13),
            "fermenter.temperature", hours -> 19.4 + Math.sin(hours / 3) * 0.8 + 0.1 * Math.sin(hours * 9) - hours * 0.05,
            "fermenter.gravity", hours -> 1.024 + 0.018 / (1 + Math.exp((14 - hours) / 4)),
            "vapour-sensor.ethanol", hours -> 420 + 260 * Math.exp(-Math.pow(hours - 2.5, 2)) + 30 * Math.sin(hours * 7),
            "flow-meter.flow", hours -> Math.max(0, 6 * Math.sin(hours * 4) - 3) + (hours < 0.4 ? 2.4 : 0),
            "fermenter-heater.on", hours -> Math.sin(hours * 4) > 0.3 || hours < 0.3 ? 1 : 0,
            "kitchen-light.on", hours -> hours < 1.6 || hours > 3 && hours < 4.5 ? 1 : 0);

    private final TestHome home;

    private Furniture(TestHome home) {
        this.home = home;
    }

    static void into(TestHome home) throws IOException {
        var furniture = new Furniture(home);
        for (var file : List.of("/furniture/home.yaml", "/furniture/workloads.yaml")) furniture.place(read(file, home.clock.instant()));
    }

    private void place(Json all) {
        all.object().members().forEach((kind, objects) -> objects.array().forEach(object ->
                home.create(KINDS.get(kind), completed(kind, object.object()))));
    }

    private JsonObject completed(String kind, JsonObject object) {
        if (!kind.equals("devices")) return object;
        return object.changeAt(conditions -> Json.of(GOOD.stream().map(this::condition)
                .map(good -> conditions.array().stream().filter(own -> own.at("type").equals(good.at("type"))).findFirst().orElse(good))
                        .toList()), "status", "conditions");
    }

    private Json condition(String text) {
        var words = text.split(" ");
        return JsonObject.of("type", words[0], "status", "True", "reason", words[1], "message", words[2].replace('_', ' '),
                "lastTransitionTime", home.clock.instant().minusSeconds(3_600).toString());
    }

    private static Json read(String file, Instant now) throws IOException {
        try (var in = Furniture.class.getResourceAsStream(file)) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Yaml.parse(TIME.matcher(text).replaceAll(time -> now.minus(duration(time.group(1), time.group(2))).toString()
                    .replaceAll("\\.\\d+", "")));
        }
    }

    private static Duration duration(String amount, String unit) {
        return Duration.parse("PT" + amount + unit.toUpperCase(Locale.ROOT));
    }
}
