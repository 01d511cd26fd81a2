package home.oikos.driver.mqtt;

import home.oikos.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Where a device or its bridge says that it is there, and in which words.
record AvailabilityBinding(String topic, List<String> path, String online, String offline) {
    static AvailabilityBinding read(Json json, String base) {
        var path = json.at("path").text("");
        return new AvailabilityBinding(Topics.resolve(base, json.at("topic").text("")), path.isEmpty() ? List.of() : List.of(path.split("\\.")),
                json.at("online").text("online"), json.at("offline").text("offline"));
    }

    /// Zigbee2MQTT says `{"state":"online"}`, in older versions `online`.
    static AvailabilityBinding zigbee(String topic) {
        return new AvailabilityBinding(topic, List.of("state"), "online", "offline");
    }

    /// What a payload says; empty when it is neither word.
    Optional<Boolean> read(byte[] payload) {
        var word = word(payload);
        if (word.equals(online)) return Optional.of(true);
        return word.equals(offline) ? Optional.of(false) : Optional.empty();
    }

    private String word(byte[] payload) {
        if (path.isEmpty() || payload.length == 0 || payload[0] != '{') return new String(payload, 0, Math.min(payload.length, 256), StandardCharsets.UTF_8);
        return Wire.word(new Payload(payload).at(path));
    }
}
