package home.oikos.driver.mqtt;

import home.oikos.api.JsonObject;
import home.oikos.driver.Reading;
import home.oikos.driver.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Reads what one message says of one device.
final class StateReader {
    /// Members of one payload that are looked at; a Zigbee thermostat has about 60.
    static final int MEMBERS_MAX = 256;

    private StateReader() { }

    /// @param refused hears of each part that could not be used
    static List<Reading> read(DeviceBinding binding, String topic, byte[] bytes, boolean retained, Consumer<String> refused) {
        var payload = new Payload(bytes);
        var readings = new ArrayList<Reading>();
        for (var property : binding.listed(topic)) {
            var source = property.source(topic).orElseThrow();
            attempt(refused, () -> property.read(payload).ifPresent(value ->
                    readings.add(new Reading(property.name(), value, retained).in(property.unit()).from(source))));
        }
        binding.tilt().filter(beacon -> beacon.topic().equals(topic))
                .ifPresent(beacon -> attempt(refused, () -> readings.addAll(beacon.read(payload, retained))));
        binding.implicit().filter(defaults -> defaults.stateTopic().equals(topic))
                .ifPresent(_ -> attempt(refused, () -> implicit(binding, topic, payload).forEach((name, value) ->
                        readings.add(new Reading(name, value, retained)))));
        return readings;
    }

    private static void attempt(Consumer<String> refused, Runnable work) {
        try {
            work.run();
        } catch (IllegalArgumentException unusable) {
            refused.accept(unusable.getMessage());
        }
    }

    private static Map<String, Value> implicit(DeviceBinding binding, String topic, Payload payload) {
        var spoken = binding.listed(topic).stream().filter(property -> property.path().size() == 1).map(property -> property.path().getFirst())
                .collect(Collectors.toSet());
        var values = new LinkedHashMap<String, Value>();
        if (!(payload.root() instanceof JsonObject object)) throw new IllegalArgumentException("expected a JSON object");
        object.names().stream().limit(MEMBERS_MAX).filter(member -> !spoken.contains(member)).forEach(member -> {
            var name = isZigbeeSwitch(binding, member) ? "on" : member;
            if (!binding.properties().containsKey(name)) value(binding, name, payload).ifPresent(value -> values.put(name, value));
        });
        return values;
    }

    /// What nobody listed may be anything: only scalars are readings, the rest is no fault.
    private static Optional<Value> value(DeviceBinding binding, String name, Payload payload) {
        var property = binding.property(name).orElseThrow();
        return Value.of(payload.at(property.path())).isEmpty() ? Optional.empty() : property.read(payload);
    }

    private static boolean isZigbeeSwitch(DeviceBinding binding, String member) {
        return member.equals("state") && binding.implicit().orElseThrow().format() == Format.Zigbee2mqtt;
    }
}
