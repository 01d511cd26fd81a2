package home.oikos.gateway;

import home.oikos.api.Json;
import home.oikos.driver.Value;
import java.time.Duration;
import java.util.Optional;

/// What a DeviceModel says of one command: a property has that value for a while, and only after a code was shown. In no other way does it get there.
record CommandModel(String name, String property, Value value, Duration hold) {
    private static final int HOLD_SECONDS = 8;

    /// Empty where there is no value: such a command does nothing.
    static Optional<CommandModel> read(Json json) {
        return Value.of(json.at("value")).map(value -> new CommandModel(json.at("name").text(""), json.at("property").text(""), value,
                Duration.ofSeconds(json.at("holdSeconds").integer(HOLD_SECONDS))));
    }

    boolean brings(String name, Value to) {
        return property.equals(name) && value.equals(to);
    }

    /// `locked=false`.
    String wish() {
        return property + "=" + value;
    }
}
