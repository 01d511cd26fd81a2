package home.oikos.home;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.cel.CelException;
import home.oikos.cel.DeviceValues;
import home.oikos.controller.Condition;
import home.oikos.controller.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/// What rules see of a Device: what is wanted, what is reported, its conditions. Public for the wonders, whose expressions see devices alike.
public record Device(ObjectKey key, JsonObject desired, JsonObject reported, Json conditions) {
    /// The one reader of a group, so that all its controllers share one cache.
    public static final Function<Json, Device> READER = Device::read;

    public static Device read(Json device) {
        return new Device(ObjectKey.of(device), device.at("spec", "desired").object(), device.at("status", "reported").object(),
                device.at("status", "conditions"));
    }

    /// Its values for an expression. Whether they are recent is the gateway's word: the condition Fresh.
    public DeviceValues at(Instant now) {
        return new Values(this, now);
    }

    /// The reported value.
    /// @throws CelException when there is none, or none that can be relied on
    Json value(String property) {
        var said = reported.at(property);
        if (said.isNull()) throw new CelException(key.name() + " never said " + property);
        var fresh = Condition.find(conditions, "Fresh");
        if (fresh.isPresent() && fresh.get().at("status").text("").equals("False")) throw new CelException(fresh.get().at("message").text("it is stale"));
        return said.at("value");
    }

    private record Values(Device device, Instant now) implements DeviceValues {
        @Override
        public Json reported(String property) {
            return device.value(property);
        }

        @Override
        public Json desired(String property) {
            var wanted = device.desired().at(property);
            if (wanted.isNull()) throw new CelException("nothing is wanted of " + property + " of " + device.key().name());
            return wanted;
        }

        @Override
        public Duration age(String property) {
            var said = Times.read(device.reported().at(property, "observedTime"));
            return Duration.between(said.orElseThrow(() -> new CelException(device.key().name() + " never said " + property)), now);
        }

        @Override
        public boolean is(String condition) {
            return Condition.isTrue(device.conditions(), condition);
        }
    }
}
