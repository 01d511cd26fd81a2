package home.oikos.gateway;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The parts of a DeviceModel that the gateway goes by.
record ModelSpec(String name, Map<String, PropertyModel> properties, JsonObject firmware) {
    private static final int PATIENCE_SECONDS = 900;
    /// One that sleeps loads a piece whenever it wakes.
    private static final int SLEEPER_PATIENCE_SECONDS = 21_600;

    static ModelSpec read(Json model) {
        var properties = new LinkedHashMap<String, PropertyModel>();
        for (var property : model.at("spec", "properties").array()) {
            var read = PropertyModel.read(property);
            properties.put(read.name(), read);
        }
        return new ModelSpec(model.at("metadata", "name").text(""), properties, model.at("spec", "firmware").object());
    }

    /// The way by which firmware reaches devices of this model; empty when none does.
    String firmwareChannel() {
        return firmware.at("channel").text("");
    }

    /// How long a device that took an image up may be silent about it.
    Duration firmwarePatience() {
        int otherwise = firmware.at("sleepy").bool(false) ? SLEEPER_PATIENCE_SECONDS : PATIENCE_SECONDS;
        return Duration.ofSeconds(firmware.at("reportDeadlineSeconds").integer(otherwise));
    }

    Optional<PropertyModel> property(String name) {
        return Optional.ofNullable(properties.get(name));
    }
}
