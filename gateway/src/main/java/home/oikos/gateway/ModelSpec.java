package home.oikos.gateway;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.driver.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parts of a DeviceModel that the gateway goes by.
record ModelSpec(String name, Map<String, PropertyModel> properties, List<CommandModel> commands, JsonObject firmware) {
    private static final int PATIENCE_SECONDS = 900;
    /// One that sleeps loads a piece whenever it wakes.
    private static final int SLEEPER_PATIENCE_SECONDS = 21_600;

    private static final int POLL_SECONDS = 300;
    /// One that begins anew with an image does not ask meanwhile.
    private static final Duration RESTART = Duration.ofSeconds(60);

    ModelSpec {
        commands = List.copyOf(commands);
    }

    static ModelSpec read(Json model) {
        var properties = new LinkedHashMap<String, PropertyModel>();
        for (var property : model.at("spec", "properties").array()) {
            var read = PropertyModel.read(property);
            properties.put(read.name(), read);
        }
        var commands = model.at("spec", "commands").array().stream().flatMap(command -> CommandModel.read(command).stream()).toList();
        return new ModelSpec(model.at("metadata", "name").text(""), properties, commands, model.at("spec", "firmware").object());
    }

    /// The way by which firmware reaches devices of this model; empty when none does.
    String firmwareChannel() {
        return firmware.at("channel").text("");
    }

    /// How often a device that speaks of its firmware alone is expected to.
    Duration firmwarePeriod() {
        return Duration.ofSeconds(firmware.at("pollSeconds").integer(POLL_SECONDS));
    }

    /// How long such a device may be silent before nobody should count on it: as long as one of its values might be old, had it any.
    Duration firmwareStaleAfter() {
        var twice = firmwarePeriod().multipliedBy(PropertyModel.STALE_PERIODS);
        return twice.compareTo(RESTART) < 0 ? RESTART : twice;
    }

    /// How long a device that took an image up may be silent about it.
    Duration firmwarePatience() {
        int otherwise = firmware.at("sleepy").bool(false) ? SLEEPER_PATIENCE_SECONDS : PATIENCE_SECONDS;
        return Duration.ofSeconds(firmware.at("reportDeadlineSeconds").integer(otherwise));
    }

    /// The command that alone may bring a property to a value; empty when anybody may.
    Optional<CommandModel> commandFor(String property, Value value) {
        return commands.stream().filter(command -> command.brings(property, value)).findFirst();
    }

    Optional<PropertyModel> property(String name) {
        return Optional.ofNullable(properties.get(name));
    }
}
