package home.oikos.driver.mqtt;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.driver.ModelForm;
import home.oikos.driver.Refusals;
import java.util.List;

/// One entity of Home Assistant's discovery, as properties of a device.
///
/// @param models the properties as a DeviceModel writes them
/// @param bindings the same properties as `spec.connection.mqtt` writes them
record Entity(String category, List<JsonObject> models, List<JsonObject> bindings) {
    /// @param config the entity's configuration in full words
    /// @throws IllegalArgumentException when it is of a kind, or needs a template, that cannot be read
    static Entity read(String component, String name, JsonObject config) {
        return switch (component) {
            case "sensor" -> one("Sensor", name, sensor(config), state(name, config));
            case "binary_sensor" -> one("Sensor", name, JsonObject.of("type", "Boolean"), onOff(name, config));
            case "switch", "fan", "siren" -> one("Switch", name, writable("Boolean"), command(onOff(name, config), config));
            case "valve" -> one("Valve", name, writable("Boolean"), command(onOff(name, config), config));
            case "number" -> one("Other", name, writable("Number").withAll(ModelForm.number(config.at("unit_of_measurement").text(null),
                    config.at("min"), config.at("max"))), command(state(name, config), config));
            case "select" -> one("Other", name, writable("Enum").with("values", config.at("options")), command(state(name, config), config));
            case "text" -> one("Other", name, writable("Text"), command(state(name, config), config));
            case "light" -> light(config);
            default -> throw new IllegalArgumentException("a " + Refusals.shortened(component) + " is not understood");
        };
    }

    private static Entity one(String category, String name, JsonObject model, JsonObject binding) {
        return new Entity(category, List.of(JsonObject.of("name", name).withAll(model)), List.of(binding));
    }

    private static JsonObject writable(String type) {
        return JsonObject.of("type", type, "writable", true);
    }

    private static JsonObject sensor(JsonObject config) {
        boolean number = config.at("unit_of_measurement").isPresent() || config.at("state_class").isPresent();
        if (config.at("options").isPresent()) return JsonObject.of("type", "Enum", "values", config.at("options"));
        if (!number) return JsonObject.of("type", "Text");
        var expires = config.at("expire_after");
        return ModelForm.number(config.at("unit_of_measurement").text(null), Json.NULL, Json.NULL)
                .withAll(expires.isPresent() ? JsonObject.of("expectedPeriodSeconds", Math.max(1, expires.integer(0) / 2)) : JsonObject.EMPTY);
    }

    private static JsonObject state(String name, JsonObject config) {
        return JsonObject.of("name", name, "stateTopic", config.at("state_topic").text(null), "path", path(config, "value_template"));
    }

    private static String path(JsonObject config, String member) {
        var template = config.at(member).text("");
        return ValueTemplate.path(template).orElseThrow(() -> new IllegalArgumentException("expected a path as template, found "
                + Refusals.shortened(template)));
    }

    private static JsonObject onOff(String name, JsonObject config) {
        var on = Wire.word(config.at("payload_on").isPresent() ? config.at("payload_on") : Json.of("ON"));
        var off = Wire.word(config.at("payload_off").isPresent() ? config.at("payload_off") : Json.of("OFF"));
        return state(name, config).with("onValue", config.at("state_on").isPresent() ? Wire.word(config.at("state_on")) : on)
                .with("offValue", config.at("state_off").isPresent() ? Wire.word(config.at("state_off")) : off)
                .with("onPayload", on).with("offPayload", off);
    }

    private static JsonObject command(JsonObject binding, JsonObject config) {
        if (!config.at("command_topic").isPresent()) throw new IllegalArgumentException("expected a command_topic");
        var template = config.at("command_template").text("");
        var commanded = binding.with("commandTopic", config.at("command_topic")).with("retain", config.at("retain").bool(false));
        if (template.isEmpty()) return commanded.has("onPayload") ? commanded : commanded.with("commandTemplate", "{{value}}");
        return commanded.with("commandTemplate", template.replaceAll("\\{\\{\\s*value\\s*\\}\\}", "{{value}}"));
    }

    private static Entity light(JsonObject config) {
        boolean json = config.at("schema").text("").equals("json");
        var on = JsonObject.of("name", "on").withAll(writable("Boolean"));
        int scale = Math.max(1, config.at("brightness_scale").integer(255));
        boolean dims = json ? config.at("brightness").bool(false) : config.at("brightness_command_topic").isPresent();
        var models = !dims ? List.of(on) : List.of(on, JsonObject.of("name", "brightness", "unit", "%", "minimum", 0, "maximum", 100, "deadband", 1)
                .withAll(writable("Number")));
        var onBinding = json ? jsonLight("on", "state", config).with("onValue", "ON").with("offValue", "OFF") : command(onOff("on", light(config, "state_")),
                config);
        var level = JsonObject.of("factor", Double.toString(100.0 / scale));
        if (!dims) return new Entity("Light", models, List.of(onBinding));
        return new Entity("Light", models, List.of(onBinding, (json ? jsonLight("brightness", "brightness", config) : brightness(config)).withAll(level)));
    }

    private static JsonObject light(JsonObject config, String prefix) {
        return config.with("value_template", config.at(prefix + "value_template").text(""));
    }

    private static JsonObject jsonLight(String name, String member, JsonObject config) {
        return JsonObject.of("name", name, "path", member, "stateTopic", config.at("state_topic").text(null),
                "commandTopic", config.at("command_topic").text(null));
    }

    private static JsonObject brightness(JsonObject config) {
        return JsonObject.of("name", "brightness", "stateTopic", config.at("brightness_state_topic").text(null),
                "path", path(config, "brightness_value_template"), "commandTopic", config.at("brightness_command_topic").text(null),
                "commandTemplate", "{{value}}");
    }
}
