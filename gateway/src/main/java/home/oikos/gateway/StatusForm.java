package home.oikos.gateway;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.controller.Condition;
import home.oikos.driver.Value;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The status of devices and interlocks, as the API shows it.
final class StatusForm {
    private StatusForm() { }

    static JsonObject of(Thing thing, Instant now) {
        thing.reported.replaceAll((_, said) -> said.told(now));
        thing.conditions = conditions(thing.conditions, thing.judged, now);
        return JsonObject.of("observedGeneration", thing.spec.generation(),
                "heardTime", thing.lastWord().map(Status::time).orElseGet(() -> thing.spec.restored().at("heardTime").text(null)),
                "clock", thing.boot.json(now),
                "reported", reported(thing),
                "control", control(thing),
                "commanded", commanded(thing, now),
                "drift", thing.drift.isEmpty() ? null : thing.drift,
                "firmware", thing.firmware.json().orElse(null),
                "display", JsonObject.of("reported", display(thing, reportedValues(thing)), "desired", display(thing, thing.spec.desired())),
                "conditions", thing.conditions);
    }

    private static JsonObject control(Thing thing) {
        var control = thing.spec.thermostat().filter(_ -> thing.thermostat != null)
                .map(spec -> ThermostatForm.of(spec, thing.thermostat.shown(thing.held))).orElse(JsonObject.EMPTY);
        if (!thing.controlled.isEmpty()) control = control.with("values", members(thing.controlled, Value::json));
        if (!thing.controllers.isEmpty()) control = control.with("controllers", members(thing.controllers, vessel -> Json.of(vessel.name())));
        return control.isEmpty() ? null : control;
    }

    private static JsonObject reported(Thing thing) {
        var members = new LinkedHashMap<String, Json>();
        thing.reported.forEach((name, said) -> {
            boolean discrete = thing.property(name).filter(PropertyModel::isDiscrete).isPresent();
            members.put(name, JsonObject.of("value", said.value().json(), "observedTime", Status.time(said.observed()),
                    "changedTime", discrete ? Status.time(said.changed()) : null,
                    "sources", thing.joined.containsKey(name) ? Json.of(thing.joined.get(name).sources()) : null,
                    "previousValue", discrete ? said.previous().map(Value::json).orElse(null) : null));
        });
        return JsonObject.copyOf(members);
    }

    /// Everything that left and may not have had its effect yet: a restart must know of it.
    private static JsonObject commanded(Thing thing, Instant now) {
        var names = new TreeSet<>(thing.attempts.keySet());
        names.addAll(thing.superseded.keySet());
        var members = new LinkedHashMap<String, Json>();
        for (var name : names) {
            var attempt = thing.attempts.get(name);
            var earlier = thing.earlier(name, now);
            if (attempt == null && earlier.isEmpty()) continue;
            members.put(name, JsonObject.of("value", attempt == null ? null : attempt.value().json(),
                    "sentTime", attempt == null ? null : Status.time(attempt.sent()),
                    "earlier", earlier.isEmpty() ? null : new JsonArray(earlier.stream().map(Value::json).toList())));
        }
        return members.isEmpty() ? null : JsonObject.copyOf(members);
    }

    private static <T> JsonObject members(Map<String, T> values, Function<T, Json> form) {
        var members = new LinkedHashMap<String, Json>();
        values.forEach((name, value) -> members.put(name, form.apply(value)));
        return JsonObject.copyOf(members);
    }

    private static Map<String, Value> reportedValues(Thing thing) {
        var values = new LinkedHashMap<String, Value>();
        thing.reported.forEach((name, said) -> values.put(name, said.value()));
        return values;
    }

    /// `on, 40 %`, in the model's order.
    private static String display(Thing thing, Map<String, Value> values) {
        if (thing.model == null) return null;
        var line = thing.model.properties().values().stream().filter(property -> values.containsKey(property.name()))
                .map(property -> Words.value(property, values.get(property.name()))).collect(Collectors.joining(", "));
        return line.isEmpty() ? null : line;
    }

    static JsonArray conditions(JsonArray before, Iterable<Condition> judged, Instant now) {
        var conditions = before;
        for (var condition : judged) conditions = condition.in(conditions, now);
        return conditions;
    }

    static JsonObject of(Interlock interlock, World world, Instant now) {
        var holding = interlock.broken.map(why -> Condition.of("Holding", false, "Broken", why))
                .orElse(Condition.of("Holding", true, "Holding", "It holds."));
        boolean latched = interlock.latchedSince != null;
        var latch = Condition.of("Latched", latched, latched ? "WaitsForReset" : "NotLatched",
                latched ? "A person has to set spec.resetTime once it holds." : "Nothing is latched.");
        interlock.conditions = conditions(interlock.conditions, List.of(holding, latch), now);
        return JsonObject.of("observedGeneration", interlock.spec.generation(),
                "brokenTime", interlock.brokenSince == null ? null : Status.time(interlock.brokenSince),
                "latchedTime", latched ? Status.time(interlock.latchedSince) : null,
                "earlierResetTime", latched ? interlock.earlierReset.map(Status::time).orElse(null) : null,
                "values", values(interlock, world), "conditions", interlock.conditions);
    }

    private static JsonObject values(Interlock interlock, World world) {
        var values = new LinkedHashMap<String, Json>();
        for (var property : interlock.properties()) {
            world.find(property.device()).map(thing -> thing.reported.get(property.name()))
                    .ifPresent(said -> values.put(property.device().name() + "." + property.name(), said.value().json()));
        }
        return JsonObject.copyOf(values);
    }
}
