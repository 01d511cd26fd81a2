package home.oikos.brewery;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.home.TargetRef;
import java.time.Duration;
import java.util.Optional;

/// The devices of a batch.
///
/// @param period how often a reading of gravity is expected, by the clock
/// @param control the device whose `spec.control.target` follows the profile
record Vessel(Sensor gravity, Duration period, Optional<Sensor> temperature, Optional<ObjectKey> control) {
    private static final long PERIOD_SECONDS = 900;

    static Vessel read(Json vessel, String namespace) {
        var gravity = vessel.at("gravity");
        var temperature = vessel.at("temperature");
        return new Vessel(Sensor.read(gravity, namespace, "gravity", Sensor.Unit.SG),
                Duration.ofSeconds(gravity.at("periodSeconds").integer(PERIOD_SECONDS)),
                temperature.isPresent() ? Optional.of(Sensor.read(temperature, namespace, "temperature", Sensor.Unit.Celsius))
                        : Optional.empty(),
                vessel.at("controlName").text().map(name -> TargetRef.key(namespace, name)));
    }
}
