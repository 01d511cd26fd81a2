package home.oikos.gateway;

import home.oikos.api.ObjectKey;
import home.oikos.cel.CelException;
import home.oikos.driver.Value;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Judges a device as somebody wants it to be, before it is stored: by its model, and by the interlocks over what all devices are wanted to be.
/// Belongs to [House].
final class Admission {
    private final House house;
    private final ThermostatCheck thermostats;

    Admission(House house) {
        this.house = house;
        this.thermostats = new ThermostatCheck(house.world);
    }

    /// Why a device may not be wanted so; empty when it may.
    Optional<String> refusal(DeviceSpec before, DeviceSpec after, Instant now) {
        for (var entry : after.control().entrySet()) {
            var wrong = compileError(entry.getValue());
            if (wrong.isPresent()) return Optional.of("control of " + entry.getKey() + ": " + wrong.get());
        }
        var thermostat = thermostats.refusal(before, after, house.model(after.modelName()));
        if (thermostat.isPresent()) return thermostat;
        var changed = changed(before, after);
        return byModel(after, changed).or(() -> byCode(after, changed)).or(() -> byInterlocks(after, changed, now)).or(() -> byFirmware(before, after, now));
    }

    private Optional<String> byFirmware(DeviceSpec before, DeviceSpec after, Instant now) {
        var state = house.world.find(after.key()).map(thing -> thing.firmware).orElse(FirmwareState.UNKNOWN);
        return house.firmwares.refusal(before, after, house.model(after.modelName()), state, now);
    }

    /// Whether every device that a changed thermostat names is known by now.
    boolean knowsNamed(DeviceSpec before, DeviceSpec after) {
        return before != null && before.thermostat().equals(after.thermostat()) || thermostats.unknown(after).isEmpty();
    }

    Optional<String> compileError(String expression) {
        try {
            house.programs.compile(expression);
            return Optional.empty();
        } catch (CelException wrong) {
            return Optional.of(wrong.getMessage());
        }
    }

    private static Map<String, Value> changed(DeviceSpec before, DeviceSpec after) {
        var changed = new HashMap<>(after.desired());
        if (before != null) before.desired().forEach((name, value) -> changed.remove(name, value));
        return changed;
    }

    private Optional<String> byModel(DeviceSpec after, Map<String, Value> changed) {
        var model = house.model(after.modelName());
        if (model.isEmpty()) return Optional.empty();
        return changed.entrySet().stream().flatMap(entry -> byModel(model.get(), entry.getKey(), entry.getValue()).stream()).findFirst();
    }

    private static Optional<String> byModel(ModelSpec model, String name, Value value) {
        var property = model.property(name);
        if (property.isEmpty()) {
            return Optional.of("model %s knows no %s: it has %s".formatted(model.name(), name, String.join(", ", model.properties().keySet())));
        }
        return property.get().writable() ? property.get().refusal(value) : Optional.of(name + " of model " + model.name() + " cannot be written");
    }

    /// What is done for a code alone is done for no write, whoever makes it.
    private Optional<String> byCode(DeviceSpec after, Map<String, Value> changed) {
        var model = house.model(after.modelName());
        if (model.isEmpty()) return Optional.empty();
        for (var entry : changed.entrySet()) {
            var command = model.get().commandFor(entry.getKey(), entry.getValue());
            if (command.isPresent()) return Optional.of(codeWords(after, command.get()));
        }
        return model.get().commands().stream().filter(command -> after.control().containsKey(command.property())).findFirst()
                .map(command -> "control of %s: %s".formatted(command.property(), codeWords(after, command)));
    }

    private static String codeWords(DeviceSpec device, CommandModel command) {
        return "%s of %s needs a code%s and is brought about by no write; with the code: ./oikos do %s %s".formatted(command.wish(), device.key().name(),
                device.oneTimePasswordName().isEmpty() ? "" : " of " + device.oneTimePasswordName(), device.key().name(), command.name());
    }

    private Optional<String> byInterlocks(DeviceSpec after, Map<String, Value> changed, Instant now) {
        var supposed = new HashMap<World.Property, Value>();
        after.desired().forEach((name, value) -> supposed.put(new World.Property(after.key(), name), value));
        for (var interlock : house.guard.interlocks.values()) {
            for (var entry : changed.entrySet()) {
                if (house.guard.isSafe(after.key(), entry.getKey(), entry.getValue())) continue;
                var refusal = byInterlock(interlock, after.key(), entry.getKey(), supposed, now);
                if (refusal.isPresent()) return refusal;
            }
        }
        return Optional.empty();
    }

    private Optional<String> byInterlock(Interlock interlock, ObjectKey device, String name, Map<World.Property, Value> supposed, Instant now) {
        if (interlock.guards(device, name) && interlock.isActive()) {
            return Optional.of(words(interlock, device, interlock.broken.orElse("it is latched until a person resets it")));
        }
        if (!interlock.reads(device, name)) return Optional.empty();
        return interlock.broken(house.world.wanted(interlock.key().namespace(), supposed, now)).map(why -> words(interlock, device, why));
    }

    private String words(Interlock interlock, ObjectKey device, String why) {
        var others = interlock.properties().stream().filter(property -> !property.device().equals(device))
                .flatMap(property -> house.world.find(property.device()).flatMap(thing -> state(thing, property.name())).stream())
                .collect(Collectors.joining(", "));
        return "refused by interlock %s: %s%s".formatted(interlock.key().name(), why, others.isEmpty() ? "" : " (" + others + ")");
    }

    private static Optional<String> state(Thing thing, String property) {
        var wanted = thing.spec.desired().get(property);
        if (wanted != null) return Optional.of("%s is wanted %s=%s".formatted(thing.key.name(), property, wanted));
        return Optional.ofNullable(thing.reported.get(property)).map(said -> "%s says %s=%s".formatted(thing.key.name(), property, said.value()));
    }
}
