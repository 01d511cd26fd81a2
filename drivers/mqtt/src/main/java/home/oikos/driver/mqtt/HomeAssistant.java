package home.oikos.driver.mqtt;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.driver.Announcement;
import home.oikos.driver.ModelForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads Home Assistant's discovery in both forms: an entity a message, or a device a message. Keeps what was said, for a device's entities
/// come one by one. Belongs to the event loop. Source: home-assistant.io/integrations/mqtt, "MQTT discovery".
final class HomeAssistant {
    /// Entities remembered: 1,000 devices of eight.
    static final int ENTITIES_MAX = 8_000;

    private final String prefix;
    /// What each topic said, in full words.
    private final Map<String, List<Said>> said = new TreeMap<>();

    private record Said(JsonObject device, String component, String name, JsonObject config) {
        String id() {
            var identifiers = device.at("identifiers");
            var first = identifiers.text().or(() -> identifiers.at(0).text());
            return first.or(() -> device.at("connections").at(0).at(1).text())
                    .orElseThrow(() -> new IllegalArgumentException("expected a device with identifiers or connections"));
        }
    }

    HomeAssistant(String prefix) {
        this.prefix = prefix;
    }

    boolean isConfig(String topic) {
        return topic.startsWith(prefix + "/") && topic.endsWith("/config");
    }

    /// @throws IllegalArgumentException when the message cannot be used; what the topic said before is forgotten
    void hear(String topic, byte[] payload) {
        said.remove(topic);
        if (payload.length == 0) return;
        if (said.size() >= ENTITIES_MAX) throw new IllegalArgumentException("more than " + ENTITIES_MAX + " entities are announced");
        var config = Abbreviations.expand(Wire.json(payload, Wire.DISCOVERY_BYTES_MAX));
        var parts = topic.substring(prefix.length() + 1).split("/");
        var entities = parts[0].equals("device") ? ofDevice(config) : List.of(ofEntity(parts, config));
        entities.forEach(entity -> {
            entity.id();
            Entity.read(entity.component(), entity.name(), entity.config());
        });
        said.put(topic, entities);
    }

    private static Said ofEntity(String[] parts, JsonObject config) {
        var name = ModelForm.propertyName(parts[parts.length - 2]);
        if (name.isEmpty()) name = "value";
        return new Said(config.at("device").object(), parts[0], name, config);
    }

    /// What the whole device says holds for each component that does not say otherwise.
    private static List<Said> ofDevice(JsonObject config) {
        var shared = JsonObject.EMPTY;
        for (var member : config.members().entrySet()) {
            if (member.getKey().endsWith("_topic") || member.getKey().startsWith("availability") || member.getKey().startsWith("payload_")) {
                shared = shared.with(member.getKey(), member.getValue());
            }
        }
        var entities = new ArrayList<Said>();
        for (var component : config.at("components").object().members().entrySet()) {
            var full = shared.withAll(component.getValue().object());
            var name = ModelForm.propertyName(component.getKey());
            if (!name.isEmpty()) entities.add(new Said(config.at("device").object(), full.at("platform").text(""), name, full));
        }
        return entities;
    }

    List<Announcement> announcements() {
        var devices = new LinkedHashMap<String, List<Said>>();
        said.values().forEach(entities -> entities.forEach(entity -> devices.computeIfAbsent(entity.id(), _ -> new ArrayList<>()).add(entity)));
        return devices.entrySet().stream().map(device -> announcement(device.getKey(), device.getValue())).toList();
    }

    private static Announcement announcement(String id, List<Said> entities) {
        var models = new LinkedHashMap<String, JsonObject>();
        var bindings = new LinkedHashMap<String, Json>();
        var category = "Sensor";
        for (var entity : entities) {
            var read = Entity.read(entity.component(), entity.name(), entity.config());
            read.models().forEach(model -> models.put(model.at("name").text(""), model));
            read.bindings().forEach(binding -> bindings.put(binding.at("name").text(""), binding));
            if (!read.category().equals("Sensor")) category = read.category();
        }
        var device = entities.getFirst().device();
        var maker = device.at("manufacturer").text("unknown");
        var make = device.at("model").text("device");
        var name = device.at("name").text(id);
        var connection = JsonObject.of("properties", new JsonArray(List.copyOf(bindings.values())));
        return new Announcement(id, ModelForm.label(name), ModelForm.label(maker + "-" + make),
                ModelForm.of(make, maker, category, List.copyOf(models.values())),
                withAvailability(connection, entities.getFirst().config()), device.at("suggested_area").text(""));
    }

    /// Of several availability topics the first is used; `all` and `any` differ only for devices behind two bridges.
    private static JsonObject withAvailability(JsonObject connection, JsonObject config) {
        var listed = config.at("availability").at(0);
        var topic = config.at("availability_topic").text().or(() -> listed.at("topic").text());
        if (topic.isEmpty()) return connection;
        var words = listed.isPresent() ? listed.object() : config;
        var path = ValueTemplate.path(words.at(listed.isPresent() ? "value_template" : "availability_template").text("")).orElse("");
        return connection.with("availability", JsonObject.of("topic", topic.get(), "path", path.isEmpty() ? null : path,
                "online", words.at("payload_available").text("online"), "offline", words.at("payload_not_available").text("offline")));
    }
}
