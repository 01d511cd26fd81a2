package home.oikos.simulation;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/// A Zigbee device behind a Zigbee2MQTT bridge: `zigbee2mqtt/NAME`, `/set`, `/availability`, in that bridge's words.
///
/// @param switched the property that Zigbee calls `state` and writes ON or OFF; empty when there is none
/// @param renamed our property names to the bridge's
/// @param definition what `bridge/devices` says of this make
record ZigbeeVoice(String thing, String ieeeAddress, String switched, Map<String, String> renamed, JsonObject definition) implements Voice {
    static final String BASE = "zigbee2mqtt";
    /// Zigbee's level control knows 254 steps.
    private static final double LEVEL_MAX = 254;

    static ZigbeeVoice light(String thing, String ieeeAddress) {
        var state = JsonObject.of("type", "binary", "name", "state", "property", "state", "access", 7, "value_on", "ON", "value_off", "OFF");
        var brightness = JsonObject.of("type", "numeric", "name", "brightness", "property", "brightness", "access", 7, "value_min", 0, "value_max", 254);
        var exposes = JsonArray.of(JsonObject.of("type", "light", "features", JsonArray.of(state, brightness)));
        return new ZigbeeVoice(thing, ieeeAddress, "on", Map.of(), definition("LED1545G12", "IKEA", "Dimmable bulb", exposes));
    }

    static ZigbeeVoice valve(String thing, String ieeeAddress) {
        var state = JsonObject.of("type", "binary", "name", "state", "property", "state", "access", 7, "value_on", "ON", "value_off", "OFF");
        var exposes = JsonArray.of(JsonObject.of("type", "switch", "features", JsonArray.of(state)));
        return new ZigbeeVoice(thing, ieeeAddress, "open", Map.of(), definition("TS0001-valve", "Tuya", "Water valve", exposes));
    }

    static ZigbeeVoice leak(String thing, String ieeeAddress) {
        var leak = JsonObject.of("type", "binary", "name", "water_leak", "property", "water_leak", "access", 1, "value_on", true, "value_off", false);
        return new ZigbeeVoice(thing, ieeeAddress, "", Map.of("wet", "water_leak"), definition("SJCGQ11LM", "Aqara", "Water leak sensor", JsonArray.of(leak)));
    }

    private static JsonObject definition(String model, String vendor, String description, JsonArray exposes) {
        return JsonObject.of("model", model, "vendor", vendor, "description", description, "exposes", exposes, "supports_ota", false);
    }

    /// Its entry in the bridge's list of devices.
    JsonObject listed() {
        return JsonObject.of("ieee_address", ieeeAddress, "type", switched.isEmpty() ? "EndDevice" : "Router", "friendly_name", thing, "supported", true,
                "disabled", false, "interview_completed", true, "definition", definition);
    }

    @Override
    public Message say(Map<String, Json> state) {
        var said = new LinkedHashMap<String, Json>();
        state.forEach((property, value) -> {
            if (property.equals(switched)) said.put("state", Json.of(value.bool(false) ? "ON" : "OFF"));
            else if (property.equals("brightness")) said.put(property, Json.of(Math.round(value.decimal(0) * LEVEL_MAX / 100)));
            else said.put(renamed.getOrDefault(property, property), value);
        });
        said.put("linkquality", Json.of(120));
        return Message.of(BASE + "/" + thing, JsonObject.copyOf(said));
    }

    @Override
    public Message available(boolean online) {
        return Message.retained(BASE + "/" + thing + "/availability", JsonObject.of("state", online ? "online" : "offline"));
    }

    @Override
    public String commandTopic() {
        return BASE + "/" + thing + "/set";
    }

    @Override
    public Map<String, Json> understand(byte[] payload) {
        var asked = new LinkedHashMap<String, Json>();
        Json.parse(payload).object().members().forEach((word, value) -> {
            if (word.equals("state") && !switched.isEmpty()) asked.put(switched, Json.of(on(value.text(""))));
            else if (word.equals("brightness")) asked.put(word, Json.of(value.decimal(Double.NaN) * 100 / LEVEL_MAX));
            else asked.put(word, value);
        });
        return asked;
    }

    private static boolean on(String word) {
        return switch (word) {
            case "ON" -> true;
            case "OFF" -> false;
            default -> throw new IllegalArgumentException("state is ON or OFF, not " + word);
        };
    }
}
