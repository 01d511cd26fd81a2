package home.oikos.gateway;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.driver.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parts of a Device that the gateway goes by. `restored` is the status as it stood when this was read: it is used once, after a start,
/// and is no part of what makes two specs equal, or each status we write would look like a change.
record DeviceSpec(ObjectKey key, String uid, long generation, Map<String, String> labels, String modelName, JsonObject connection, Map<String, Value> desired,
        Map<String, String> control, Optional<ThermostatSpec> thermostat, FirmwareSpec firmware, String oneTimePasswordName,
        JsonObject restored) {
    DeviceSpec {
        labels = Map.copyOf(labels);
        desired = Map.copyOf(desired);
        control = Map.copyOf(control);
    }

    static DeviceSpec read(Json device) {
        var spec = device.at("spec");
        var key = ObjectKey.of(device);
        return new DeviceSpec(key, device.at("metadata", "uid").text(""), device.at("metadata", "generation").integer(0L),
                labels(device), spec.at("modelName").text(""), spec.at("connection").object(),
                scalars(spec.at("desired")), control(spec.at("control", "values")),
                ThermostatSpec.read(key, spec.at("control")), new FirmwareSpec(spec.at("firmware").object()), spec.at("oneTimePasswordName").text(""),
                device.at("status").object());
    }

    private static Map<String, String> labels(Json device) {
        var labels = new LinkedHashMap<String, String>();
        device.at("metadata", "labels").object().members().forEach((name, value) -> labels.put(name, value.text("")));
        return labels;
    }

    static Map<String, Value> scalars(Json object) {
        var values = new LinkedHashMap<String, Value>();
        object.object().members().forEach((name, json) -> Value.of(json).ifPresent(value -> values.put(name, value)));
        return values;
    }

    private static Map<String, String> control(Json list) {
        var control = new LinkedHashMap<String, String>();
        for (var entry : list.array()) control.put(entry.at("property").text(""), entry.at("value").text(""));
        return control;
    }

    /// The protocol it speaks; empty when it has no connection.
    String protocol() {
        return connection.names().stream().findFirst().orElse("");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeviceSpec spec && identity().equals(spec.identity());
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    private List<Object> identity() {
        return List.of(key, uid, generation, labels, modelName, connection, desired, control, thermostat, firmware, oneTimePasswordName);
    }
}
