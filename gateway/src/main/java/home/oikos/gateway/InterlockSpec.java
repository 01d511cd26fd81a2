package home.oikos.gateway;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.driver.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The parts of an Interlock that the gateway goes by. `restored` is no part of equality, as in [DeviceSpec].
///
/// @param expression what may never be true, or must always be
record InterlockSpec(ObjectKey key, String uid, long generation, String description, boolean never, String expression, List<SafeValue> safeValues,
        Duration deadTime, boolean latched, Optional<Instant> reset, JsonObject restored) {
    /// What to drive when it is broken.
    record SafeValue(ObjectKey device, String property, Value value) { }

    InterlockSpec {
        safeValues = List.copyOf(safeValues);
    }

    static InterlockSpec read(Json interlock) {
        var spec = interlock.at("spec");
        var key = ObjectKey.of(interlock);
        boolean never = spec.at("never").isPresent();
        return new InterlockSpec(key, interlock.at("metadata", "uid").text(""), interlock.at("metadata", "generation").integer(0L),
                spec.at("description").text(""), never, spec.at(never ? "never" : "always").text(""), safeValues(key, spec.at("safeValues")),
                Duration.ofSeconds(spec.at("deadTimeSeconds").integer(0L)), spec.at("latched").bool(false), Status.instant(spec.at("resetTime")),
                interlock.at("status").object());
    }

    private static List<SafeValue> safeValues(ObjectKey interlock, Json list) {
        var values = new ArrayList<SafeValue>();
        for (var entry : list.array()) {
            var device = Names.device(interlock.namespace(), entry.at("deviceName").text(""));
            Value.of(entry.at("value")).ifPresent(value -> values.add(new SafeValue(device, entry.at("property").text(""), value)));
        }
        return values;
    }

    /// Whether this is one of the values that always pass.
    boolean isSafe(ObjectKey device, String property, Value value) {
        return safeValues.stream().anyMatch(safe -> safe.device().equals(device) && safe.property().equals(property) && safe.value().equals(value));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InterlockSpec spec && identity().equals(spec.identity());
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    private List<Object> identity() {
        return List.of(key, uid, generation, description, never, expression, safeValues, deadTime, latched, reset);
    }
}
