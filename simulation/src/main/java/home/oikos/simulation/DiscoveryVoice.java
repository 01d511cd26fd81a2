package home.oikos.simulation;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.List;
import java.util.Map;

/// A device that speaks plain JSON and introduces itself in Home Assistant's discovery form for whole devices
/// (`homeassistant/device/ID/config`, since 2024.11).
///
/// @param components what it has, as `cmps` of the discovery message without topics
record DiscoveryVoice(PlainVoice plain, String manufacturer, String model, JsonObject components) implements Voice {
    @Override
    public String thing() {
        return plain.thing();
    }

    @Override
    public Message say(Map<String, Json> state) {
        return plain.say(state);
    }

    @Override
    public Message available(boolean online) {
        return plain.available(online);
    }

    @Override
    public String commandTopic() {
        return plain.commandTopic();
    }

    @Override
    public Map<String, Json> understand(byte[] payload) {
        return plain.understand(payload);
    }

    @Override
    public List<Message> introduce() {
        var device = JsonObject.of("ids", List.of(thing()), "name", thing(), "mf", manufacturer, "mdl", model, "sw", "1.0.0");
        var origin = JsonObject.of("name", "simulated house", "sw", "1.0.0");
        var config = JsonObject.of("~", plain.topic(), "dev", device, "o", origin, "stat_t", "~/state", "cmd_t", "~/set", "avty_t", "~/availability",
                "cmps", components);
        return List.of(Message.retained("homeassistant/device/" + thing() + "/config", config));
    }
}
