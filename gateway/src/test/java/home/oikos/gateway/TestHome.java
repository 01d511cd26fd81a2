package home.oikos.gateway;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.cel.CelPrograms;
import home.oikos.driver.Delivery;
import home.oikos.driver.Reading;
import home.oikos.driver.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A [House] with a clock that a test moves, an API that keeps what the house writes, and a few models.
final class TestHome {
    static final CelPrograms PROGRAMS = CelPrograms.devices();

    final FakeRules rules = new FakeRules();
    final Map<ObjectKey, JsonObject> firmwares = new HashMap<>();
    final RecordingOutbox out = new RecordingOutbox();
    /// Beside those that every test home has.
    final Map<String, JsonObject> models = new HashMap<>();
    final Map<ObjectKey, JsonObject> objects = new HashMap<>();
    final Map<ObjectKey, JsonObject> interlocks = new HashMap<>();
    final Map<ObjectKey, JsonObject> rollouts = new HashMap<>();
    final Map<ObjectKey, JsonObject> labels = new HashMap<>();
    House house;
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    /// The machine is never switched off, and its clock is right.
    Boot boot = new Boot("boot", () -> Duration.between(Instant.EPOCH, now).toNanos());
    int acknowledged;
    private long generation;

    TestHome() {
        restart();
    }

    /// A new process that knows only what the API holds.
    void restart() {
        house = new House(PROGRAMS, out, rules, boot, now);
        house.put(ModelSpec.read(model("switch", property("on", "Boolean").with("writable", true))), now);
        house.put(ModelSpec.read(model("relay", property("on", "Boolean").with("writable", true).with("expectedPeriodSeconds", 600))), now);
        house.put(ModelSpec.read(model("compressor", property("on", "Boolean").with("writable", true).with("minimumOffSeconds", 300))), now);
        house.put(ModelSpec.read(model("light", property("on", "Boolean").with("writable", true),
                property("brightness", "Number").with("writable", true).with("minimum", 0).with("maximum", 100).with("unit", "%"))), now);
        house.put(ModelSpec.read(model("leak", property("wet", "Boolean").with("expectedPeriodSeconds", 60))), now);
        house.put(ModelSpec.read(model("valve", property("open", "Boolean").with("writable", true).with("failsafe", false)
                .with("expectedPeriodSeconds", 30))), now);
        house.put(ModelSpec.read(model("thermometer", property("temperature", "Number").with("minimum", -40).with("maximum", 120)
                .with("deadband", "0.5").with("expectedPeriodSeconds", 60))), now);
        house.put(ModelSpec.read(washer()), now);
        models.values().forEach(model -> house.put(ModelSpec.read(model), now));
        firmwares.forEach((key, firmware) -> house.put(key, firmware, now));
        rollouts.forEach((_, object) -> house.put(RolloutSpec.read(object), now));
        objects.forEach((_, object) -> house.put(DeviceSpec.read(object), now));
        interlocks.forEach((_, object) -> house.put(InterlockSpec.read(object), now));
        house.begin(now);
    }

    /// A model that firmware reaches.
    private static JsonObject washer() {
        var model = model("washer", property("running", "Boolean").with("writable", true));
        return model.with("spec", model.at("spec").object().with("firmware", JsonObject.of("channel", "Fake", "reportDeadlineSeconds", 600)));
    }

    TestHome firmware(String name, String version) {
        var firmware = JsonObject.of("metadata", JsonObject.of("namespace", "home", "name", name),
                "spec", JsonObject.of("modelName", "washer", "version", version, "sha256", "digest of " + name));
        firmwares.put(key(name), firmware);
        house.put(key(name), firmware, now);
        return this;
    }

    TestHome model(JsonObject model) {
        models.put(model.at("metadata", "name").text(""), model);
        house.put(ModelSpec.read(model), now);
        return this;
    }

    static JsonObject model(String name, JsonObject... properties) {
        return JsonObject.of("metadata", JsonObject.of("name", name), "spec", JsonObject.of("properties", JsonArray.of((Object[]) properties)));
    }

    static JsonObject property(String name, String type) {
        return JsonObject.of("name", name, "type", type);
    }

    static ObjectKey key(String name) {
        return new ObjectKey("home", name);
    }

    TestHome device(String name, String model, Object... desired) {
        return spec(name, JsonObject.of("modelName", model, "connection", JsonObject.of("fake", JsonObject.EMPTY), "desired", JsonObject.of(desired)));
    }

    TestHome spec(String name, JsonObject spec) {
        var status = objects.getOrDefault(key(name), JsonObject.EMPTY).at("status");
        var metadata = JsonObject.of("namespace", "home", "name", name, "uid", name, "generation", ++generation,
                "labels", labels.getOrDefault(key(name), JsonObject.EMPTY));
        objects.put(key(name), JsonObject.of("metadata", metadata, "spec", spec, "status", status));
        house.put(DeviceSpec.read(objects.get(key(name))), now);
        return this;
    }

    TestHome want(String name, Object... desired) {
        return spec(name, objects.get(key(name)).at("spec").object().with("desired", JsonObject.of(desired)));
    }

    TestHome interlock(String name, JsonObject spec) {
        var status = interlocks.getOrDefault(key(name), JsonObject.EMPTY).at("status");
        var metadata = JsonObject.of("namespace", "home", "name", name, "uid", name, "generation", ++generation);
        interlocks.put(key(name), JsonObject.of("metadata", metadata, "spec", spec, "status", status));
        house.put(InterlockSpec.read(interlocks.get(key(name))), now);
        return this;
    }

    /// At most one device with that label may be away.
    TestHome budget(String rollout, String label) {
        var selector = JsonObject.of("matchLabels", JsonObject.of(label, "yes"));
        return rollout(rollout, JsonObject.of("maxUnavailable", 10, "disruptionBudgets",
                JsonArray.of(JsonObject.of("name", "never-two", "selector", selector))));
    }

    /// So many devices may be under way at once.
    TestHome rollout(String rollout, int maxUnavailable) {
        return rollout(rollout, JsonObject.of("maxUnavailable", maxUnavailable));
    }

    private TestHome rollout(String rollout, JsonObject spec) {
        rollouts.put(key(rollout), JsonObject.of("metadata", JsonObject.of("namespace", "home", "name", rollout), "spec", spec));
        house.put(RolloutSpec.read(rollouts.get(key(rollout))), now);
        return this;
    }

    static JsonObject safe(String device, String property, Object value) {
        return JsonObject.of("deviceName", device, "property", property, "value", value);
    }

    TestHome says(String name, String property, Object value) {
        var reading = new Reading(property, Value.of(Json.of(value)).orElseThrow());
        if (house.read(key(name), List.of(reading), delivery(), now)) acknowledged++;
        return this;
    }

    Delivery delivery() {
        return () -> acknowledged++;
    }

    /// Writes every status that is due, as the publisher does, and lets leave what waited for it.
    TestHome commit() {
        boolean any = true;
        while (any) {
            any = false;
            for (var thing : List.copyOf(house.world.things.values())) any |= commit(thing);
        }
        for (var interlock : house.guard.interlocks.values()) {
            if (interlock.dirty) interlocks.computeIfPresent(interlock.key(), (_, object) -> object.with("status", StatusForm.of(interlock, house.world, now)));
            interlock.dirty = false;
        }
        return this;
    }

    private boolean commit(Thing thing) {
        if (!thing.dirty) return false;
        thing.dirty = false;
        var status = StatusForm.of(thing, now);
        objects.computeIfPresent(thing.key, (_, object) -> object.with("status", status));
        var attempts = Map.copyOf(thing.attempts);
        thing.receipts.take().forEach(Delivery::acknowledge);
        house.committed(thing.key, attempts, thing.firmware, now);
        return true;
    }

    TestHome passes(Duration time) {
        var end = now.plus(time);
        while (now.isBefore(end)) {
            var next = house.tick(now);
            commit();
            now = next.isBefore(end) ? next : end;
        }
        house.tick(now);
        return commit();
    }

    JsonObject status(String name) {
        return objects.get(key(name)).at("status").object();
    }

    String condition(String name, String type) {
        return status(name).at("conditions").array().stream().filter(c -> c.at("type").text("").equals(type))
                .map(c -> c.at("status").text("") + " " + c.at("reason").text("")).findFirst().orElse("none");
    }
}
