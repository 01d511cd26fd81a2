package home.oikos.gateway;

import home.oikos.driver.Value;
import home.oikos.gateway.PropertyModel.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Judges a thermostat before it is stored: does it name what there is, and nothing that something else switches already? Belongs to [House].
final class ThermostatCheck {
    private final World world;

    ThermostatCheck(World world) {
        this.world = world;
    }

    /// The devices that it names and nobody knows, or not yet.
    List<String> unknown(DeviceSpec device) {
        return device.thermostat().stream().flatMap(spec -> Stream.concat(spec.readings(), spec.outputs())).map(World.Property::device)
                .filter(named -> !named.equals(device.key()) && world.find(named).isEmpty()).map(named -> named.name()).distinct().toList();
    }

    Optional<String> refusal(DeviceSpec before, DeviceSpec after, Optional<ModelSpec> model) {
        var own = after.control().keySet().stream().flatMap(property -> switchedBy(new World.Property(after.key(), property), after)).findFirst();
        if (own.isPresent()) return own;
        var spec = after.thermostat().orElse(null);
        if (spec == null || before != null && before.thermostat().equals(after.thermostat())) return Optional.empty();
        return refusal(after, spec, model).map("spec.control: "::concat);
    }

    private Optional<String> refusal(DeviceSpec device, ThermostatSpec spec, Optional<ModelSpec> model) {
        if (!spec.mistake().isEmpty()) return Optional.of(spec.mistake());
        if (spec.heater().isPresent() && spec.heater().equals(spec.cooler())) return Optional.of("heater and cooler cannot be the same");
        if (spec.outputs().anyMatch(output -> output.device().equals(device.key()))) {
            return Optional.of(device.key().name() + " cannot control itself: heaterName and coolerName name other devices");
        }
        var unknown = unknown(device);
        if (!unknown.isEmpty()) {
            return Optional.of("there is no device %s in namespace %s".formatted(String.join(", ", unknown), device.key().namespace()));
        }
        return Stream.concat(spec.readings().flatMap(reading -> reading(device, reading, spec, model).stream()),
                spec.outputs().flatMap(output -> output(device, output).stream())).findFirst();
    }

    private Optional<String> reading(DeviceSpec device, World.Property reading, ThermostatSpec spec, Optional<ModelSpec> own) {
        var model = reading.device().equals(device.key()) ? own : model(reading);
        if (model.isEmpty()) return Optional.empty();
        var property = model.get().property(reading.name()).filter(found -> found.type() == Type.Number);
        if (property.isEmpty()) return Optional.of("%s of %s is no Number of model %s".formatted(reading.name(), reading.device().name(), model.get().name()));
        return spec.target().flatMap(target -> property.get().refusal(new Value.Number(target))).map("target: "::concat);
    }

    private Optional<ModelSpec> model(World.Property property) {
        return world.find(property.device()).map(thing -> thing.model);
    }

    private Optional<String> output(DeviceSpec device, World.Property output) {
        var model = model(output);
        if (model.isPresent() && model.get().property(output.name()).filter(found -> found.writable() && found.type() == Type.Boolean).isEmpty()) {
            return Optional.of("%s of %s is no writable Boolean of model %s".formatted(output.name(), output.device().name(), model.get().name()));
        }
        if (world.find(output.device()).filter(thing -> thing.spec.control().containsKey(output.name())).isPresent()) {
            return Optional.of("%s follows an expression of its own".formatted(output.device().name()));
        }
        return switchedBy(output, device).findFirst();
    }

    private Stream<String> switchedBy(World.Property output, DeviceSpec device) {
        return world.things.values().stream().filter(other -> !other.key.equals(device.key()))
                .filter(other -> other.spec.thermostat().filter(spec -> spec.outputs().anyMatch(output::equals)).isPresent())
                .map(other -> "%s is switched by the thermostat of %s already".formatted(output.device().name(), other.key.name()));
    }
}
