package home.oikos.driver.mqtt;

import home.oikos.api.Json;
import home.oikos.api.JsonDecimal;
import home.oikos.api.JsonInteger;
import home.oikos.api.JsonObject;
import home.oikos.api.Quantity;
import home.oikos.driver.Refusals;
import home.oikos.driver.Value;
import java.util.List;
import java.util.Optional;

/// Which topic, place and words are one property.
///
/// @param path names that lead to the value in a JSON payload; empty when the payload is the value
/// @param commandTopic empty when it cannot be written
/// @param template the payload of a command with `{{value}}` in it; empty for the default
/// @param unit of a number on the wire; empty for the model's own
/// @param factor a number on the wire times this is the value; 1 for none
record PropertyBinding(String name, String stateTopic, List<String> path, String commandTopic, String template, Optional<String> onValue,
        Optional<String> offValue, Optional<String> onPayload, Optional<String> offPayload, double factor, String unit, boolean retain) {
    static final String VALUE = "{{value}}";

    /// What is left of a value after scaling: a thousandth is finer than any sensor in a home.
    private static final double SCALED_STEPS = 1_000;

    static PropertyBinding read(Json json, DeviceBinding.Defaults defaults) {
        var name = json.at("name").text("");
        boolean zigbeeSwitch = defaults.format() == Format.Zigbee2mqtt && name.equals("on");
        var path = json.at("path").text(defaults.format() == Format.Text ? "" : zigbeeSwitch ? "state" : name);
        return new PropertyBinding(name, defaults.stateTopic(json.at("stateTopic")),
                path.isEmpty() ? List.of() : List.of(path.split("\\.")),
                defaults.topic(json.at("commandTopic"), defaults.commandTopic()), json.at("commandTemplate").text(""),
                json.at("onValue").text().or(() -> zigbeeSwitch ? Optional.of("ON") : Optional.empty()),
                json.at("offValue").text().or(() -> zigbeeSwitch ? Optional.of("OFF") : Optional.empty()),
                json.at("onPayload").text(), json.at("offPayload").text(), factor(json.at("factor")), json.at("unit").text(""), json.at("retain").bool(false));
    }

    private static double factor(Json json) {
        double factor = Quantity.decimal(json, 1);
        if (factor == 0) throw new IllegalArgumentException("factor cannot be 0");
        return factor;
    }

    /// Which of several sensors speaks on a topic, empty text for a property that has one; nothing when the topic is another one.
    Optional<String> source(String topic) {
        return stateTopic.equals(topic) ? Optional.of("") : Topics.source(stateTopic, topic);
    }

    /// The value in a payload; empty when the payload does not speak of this property.
    /// @throws IllegalArgumentException when what is there is no scalar, or none of the two words
    Optional<Value> read(Payload payload) {
        var found = payload.at(path);
        if (found.isNull()) return Optional.empty();
        var value = Value.of(found).orElseThrow(() -> new IllegalArgumentException("expected a value at " + String.join(".", path)));
        if (onValue.isPresent() || offValue.isPresent()) return Optional.of(new Value.Bool(isOn(Wire.word(found))));
        if (factor != 1 && value instanceof Value.Number(var wire)) return Optional.of(new Value.Number(rounded(wire * factor)));
        return Optional.of(value);
    }

    private boolean isOn(String word) {
        if (onValue.isPresent() && word.equals(onValue.get())) return true;
        if (offValue.isPresent() ? word.equals(offValue.get()) : true) return false;
        throw new IllegalArgumentException("%s is %s or %s; found %s".formatted(name, onValue.orElse("anything else"), offValue.get(),
                Refusals.shortened(word)));
    }

    private static double rounded(double value) {
        return Math.rint(value * SCALED_STEPS) / SCALED_STEPS;
    }

    /// The payload that asks for a value.
    String command(Value value) {
        if (value instanceof Value.Bool(var on)) {
            var whole = on ? onPayload : offPayload;
            if (whole.isPresent()) return whole.get();
        }
        var wire = wire(value);
        if (!template.isEmpty()) return filled(wire);
        return path.isEmpty() ? Wire.word(wire) : nested(wire).toString();
    }

    /// In quotation marks the value is a JSON string, with what that needs; elsewhere it stands as it is.
    private String filled(Json wire) {
        var word = Wire.word(wire);
        return template.replace('"' + VALUE + '"', Json.of(word).toString()).replace(VALUE, word);
    }

    private JsonObject nested(Json wire) {
        return JsonObject.EMPTY.withAt(wire, path.toArray(String[]::new));
    }

    private Json wire(Value value) {
        return switch (value) {
            case Value.Bool(var on) -> (on ? onValue : offValue).map(Wire::scalar).orElse(value.json());
            case Value.Number(var amount) when factor != 1 -> whole(amount / factor);
            case Value.Number _, Value.Text _ -> value.json();
        };
    }

    private static Json whole(double wire) {
        return Math.abs(wire) < 0x1p53 ? new JsonInteger(Math.round(wire)) : new JsonDecimal(wire);
    }
}
