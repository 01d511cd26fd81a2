package home.oikos.driver.mqtt;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.driver.Announcement;
import home.oikos.driver.ModelForm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Reads Zigbee2MQTT's `bridge/devices`: what each device exposes becomes a model and a connection.
/// Source: zigbee2mqtt.io/guide/usage/exposes and /mqtt_topics_and_messages.
final class Zigbee2Mqtt {
    /// Bits of `access`: the device publishes it; it can be set.
    private static final int PUBLISHED = 1;
    private static final int SETTABLE = 2;
    /// Zigbee's level control knows 254 steps; a person means percent.
    private static final int LEVEL_MAX = 254;

    private Zigbee2Mqtt() { }

    static List<Announcement> announcements(Json devices, String base) {
        if (!(devices instanceof JsonArray list)) throw new IllegalArgumentException("expected an array of devices");
        var announcements = new ArrayList<Announcement>();
        for (var device : list) {
            var topic = base + "/" + device.at("friendly_name").text("");
            if (isUsable(device) && Topics.isName(topic)) announcements.add(announcement(device, topic));
        }
        return announcements;
    }

    private static boolean isUsable(Json device) {
        return !device.at("type").text("Coordinator").equals("Coordinator") && device.at("supported").bool(false)
                && !device.at("disabled").bool(false) && device.at("ieee_address").text().isPresent() && device.at("friendly_name").text().isPresent();
    }

    private static Announcement announcement(Json device, String topic) {
        var definition = device.at("definition");
        var exposed = exposed(definition.at("exposes")).toList();
        var vendor = definition.at("vendor").text("unknown");
        var model = ModelForm.of(definition.at("description").text(definition.at("model").text("")), vendor, category(definition.at("exposes")),
                exposed.stream().map(Zigbee2Mqtt::property).toList());
        var connection = JsonObject.of("topic", topic, "format", "Zigbee2mqtt",
                "properties", new JsonArray(exposed.stream().map(Zigbee2Mqtt::binding).toList()));
        return new Announcement(device.at("ieee_address").text(""), ModelForm.label(device.at("friendly_name").text("")),
                ModelForm.label(vendor + "-" + definition.at("model").text("device")), model, connection, "");
    }

    /// Everything that is published or settable as one value, whatever it is grouped under.
    private static Stream<Json> exposed(Json exposes) {
        return exposes.array().stream()
                .flatMap(entry -> entry.at("features").isPresent() && !entry.at("property").isPresent() ? exposed(entry.at("features")) : Stream.of(entry))
                .filter(entry -> switch (entry.at("type").text("")) {
                    case "binary", "numeric", "enum", "text" -> (entry.at("access").integer(0) & (PUBLISHED | SETTABLE)) != 0;
                    default -> false;
                })
                .filter(entry -> ModelForm.isPropertyName(name(entry)));
    }

    private static String name(Json entry) {
        var property = entry.at("property").text("");
        return property.equals("state") ? "on" : property;
    }

    private static boolean isLevel(Json entry) {
        return entry.at("property").text("").equals("brightness") && entry.at("value_max").integer(0) == LEVEL_MAX;
    }

    private static JsonObject property(Json entry) {
        boolean writable = (entry.at("access").integer(0) & SETTABLE) != 0;
        var common = JsonObject.of("name", name(entry), "title", entry.at("label").text(null), "writable", writable);
        return switch (entry.at("type").text("")) {
            case "binary" -> common.with("type", "Boolean");
            case "enum" -> common.with("type", "Enum").with("values", entry.at("values"));
            case "numeric" -> common.withAll(isLevel(entry) ? JsonObject.of("type", "Number", "unit", "%", "minimum", 0, "maximum", 100, "deadband", 1)
                    : ModelForm.number(entry.at("unit").text(null), entry.at("value_min"), entry.at("value_max")));
            default -> common.with("type", "Text");
        };
    }

    private static Json binding(Json entry) {
        var binding = JsonObject.of("name", name(entry), "path", entry.at("property").text(""));
        if (isLevel(entry)) return binding.with("factor", "0.3937007874");
        if (!entry.at("type").text("").equals("binary")) return binding;
        return binding.with("onValue", Wire.word(entry.at("value_on"))).with("offValue", Wire.word(entry.at("value_off")));
    }

    private static String category(Json exposes) {
        return exposes.array().stream().map(entry -> switch (entry.at("type").text("")) {
            case "light" -> "Light";
            case "switch" -> "Switch";
            case "lock" -> "Lock";
            case "cover" -> "Cover";
            case "climate" -> "Heater";
            default -> "";
        }).filter(word -> !word.isEmpty()).findFirst().orElse("Sensor");
    }
}
