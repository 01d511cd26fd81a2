package home.oikos.rollout;

import home.oikos.api.Json;
import java.time.Duration;

/// A gate or a sign of health: an expression about one device.
///
/// @param message what people read while it is false; empty when its author gave none
/// @param failureTime how long a sign of health must have been false before the device has failed
record Check(String name, String expression, String message, Duration failureTime) {
    static Check read(Json check) {
        return new Check(check.at("name").text(""), check.at("expression").text(""), check.at("message").text(""),
                Duration.ofSeconds(check.at("failureSeconds").integer(0L)));
    }

    /// What is the matter while it is false.
    String complaint() {
        return message.isEmpty() ? "%s is false: %s".formatted(name, expression) : message;
    }
}
