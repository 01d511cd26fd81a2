package home.oikos.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What a thermostat sees when it decides.
///
/// @param chamber empty without mode Cascade
record ThermostatSight(Instant now, Felt sensor, Optional<Felt> chamber, Optional<Output> heater, Optional<Output> cooler) {
    /// A temperature, or why there is none.
    record Felt(double value, String lost) {
        boolean isLost() {
            return !lost.isEmpty();
        }
    }

    /// A heater or cooler.
    ///
    /// @param onSince since when it says that it is on
    /// @param offSince since when it is off for certain; empty when it may be on
    /// @param byHand what a person set it to
    /// @param unusable why it cannot be used; empty when it can
    record Output(String name, Optional<Instant> onSince, Optional<Instant> offSince, Optional<Boolean> byHand, String unusable) {
        Duration onFor(Instant now) {
            return onSince.map(since -> Duration.between(since, now)).filter(time -> !time.isNegative()).orElse(Duration.ZERO);
        }
    }

    Optional<Output> output(Side side) {
        return side == Side.HEAT ? heater : cooler;
    }

    /// What the outputs act on directly.
    Felt measured() {
        return chamber.orElse(sensor);
    }
}
