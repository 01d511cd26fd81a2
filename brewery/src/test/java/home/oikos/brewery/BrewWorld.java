package home.oikos.brewery;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.base.StandingClock;
import home.oikos.client.Answer;
import home.oikos.client.ApiClient;
import home.oikos.client.Call;
import home.oikos.client.ClientSocket;
import home.oikos.client.FakeApi;
import home.oikos.client.Patch;
import home.oikos.client.Resource;
import home.oikos.client.Resources;
import home.oikos.client.StreamedAnswer;
import home.oikos.client.Transport;
import home.oikos.controller.ControllerGroup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// The controller of batches over an API in memory, a history that the test fills, and a clock that it moves; no threads.
final class BrewWorld {
    static final Resource DEVICES = Resource.namespaced("oikos.home/v1alpha1", "devices", "Device");
    static final Resource BATCHES = Fermentation.RESOURCE;
    final StandingClock clock = StandingClock.at("2026-01-02T17:00:00Z");
    final History history = new History();
    final FakeApi fake = new FakeApi(clock, DEVICES, BATCHES, Resources.EVENTS, Resources.DEPLOYMENTS, Resources.JOBS);
    final Faulty transport = new Faulty(fake, history);
    final ApiClient client = new ApiClient(transport);
    final List<String> failures = new ArrayList<>();
    private ControllerGroup group;

    /// What the gateway would serve: samples by property.
    static final class History {
        final Map<String, TreeMap<Long, Double>> samples = new TreeMap<>();

        void add(String property, Instant at, double value) {
            samples.computeIfAbsent(property, _ -> new TreeMap<>()).put(at.toEpochMilli(), value);
        }

        Answer answer(String query) {
            var asked = new TreeMap<String, String>();
            for (var term : query.split("&")) asked.put(term.substring(0, term.indexOf('=')), term.substring(term.indexOf('=') + 1));
            var all = samples.getOrDefault(asked.get("property"), new TreeMap<>())
                    .subMap(Instant.parse(asked.get("from")).toEpochMilli(), true,
                    Instant.parse(asked.get("to")).toEpochMilli(), true);
            var found = new JsonArray(all.entrySet()
                    .stream().<Json>map(each -> JsonArray.of(each.getKey(), each.getValue().isNaN() ? Json.NULL : each.getValue()))
                    .toList());
            return new Answer(200, Map.of(), JsonObject.of("properties", JsonArray.of(JsonObject.of("samples", found))).bytes());
        }
    }

    /// Loses the process at a chosen write, as kill -9 does: the write is done or it is not, and nothing after it until another process is started.
    static final class Faulty implements Transport {
        private final Transport below;
        private final History history;
        final List<String> writes = new ArrayList<>();
        int killAt = Integer.MAX_VALUE;
        boolean after;
        /// What else happens when it dies.
        Runnable death = () -> { };
        private boolean dead;

        Faulty(Transport below, History history) {
            this.below = below;
            this.history = history;
        }

        static final class Killed extends RuntimeException {
            private static final long serialVersionUID = 1;
        }

        @Override
        public Answer exchange(Call call) throws IOException {
            if (dead) throw new Killed();
            if (call.path().endsWith("/history")) return history.answer(call.query());
            if (call.method().equals("GET")) return below.exchange(call);
            boolean dies = writes.size() == killAt;
            dead = dies;
            if (dies && !after) throw new Killed();
            var answer = below.exchange(call);
            boolean tells = call.path().endsWith("/status") && new String(call.body(), StandardCharsets.UTF_8).contains("\"stall\"");
            writes.add(call.method() + " " + call.path() + (tells ? " stall" : ""));
            if (dies) throw new Killed();
            return answer;
        }

        @Override
        public StreamedAnswer stream(Call call) throws IOException {
            return below.stream(call);
        }

        @Override
        public ClientSocket webSocket(Call call, List<String> protocols) throws IOException {
            return below.webSocket(call, protocols);
        }
    }

    BrewWorld() {
        create(DEVICES, "fermenter", JsonObject.of("spec", JsonObject.of("control", JsonObject.of("mode", "Hysteresis"))));
        restart();
    }

    /// A new process that knows only what API and history hold.
    void restart() {
        group = new ControllerGroup(client, new ControllerGroup.Surroundings(clock, _ -> { }, new Random(1), (name, key, why) -> {
            if (!(why instanceof Faulty.Killed)) failures.add(name + " " + key + ": " + why);
        }));
        Brewery.addTo(group);
        settle();
    }

    BrewWorld settle() {
        for (int round = 0; round < 20; round++) {
            group.list();
            boolean worked = false;
            while (!transport.dead && group.runOnce(clock.instant())) worked = true;
            if (transport.dead) return restarted();
            if (!worked) return this;
        }
        return this;
    }

    /// Its supervisor starts another.
    private BrewWorld restarted() {
        transport.dead = false;
        transport.death.run();
        transport.killAt = Integer.MAX_VALUE;
        restart();
        return this;
    }

    /// Time passes, a quarter of an hour at a time, and the sensors speak.
    BrewWorld passes(Duration time, Vat vat) {
        for (long minute = 0; minute < time.toMinutes(); minute += 15) {
            clock.advance(Duration.ofMinutes(15));
            vat.speak(clock.instant());
            settle();
        }
        return this;
    }

    /// What stands in the vessel.
    interface Vat {
        void speak(Instant now);
    }

    /// Falls by so many points a day.
    final class Falling implements Vat {
        double points;
        double perDay;
        double celsius = 19.2;

        Falling(double points, double perDay) {
            this.points = points;
            this.perDay = perDay;
        }

        @Override
        public void speak(Instant now) {
            points -= perDay / 96;
            history.add("gravity", now, Units.gravity(points));
            history.add("temperature", now, celsius);
        }
    }

    void create(Resource resource, String name, JsonObject content) {
        client.create(resource, JsonObject.of("apiVersion", resource.apiVersion(), "kind", resource.kind(),
                "metadata", JsonObject.of("namespace", "home", "name", name)).withAll(content));
    }

    static JsonObject spec(Object... more) {
        return JsonObject.of("recipe", JsonObject.of("originalGravity", "1.050", "finalGravity", "1.010",
                        "yeast", JsonObject.of("minimumCelsius", "17", "maximumCelsius", "22")),
                "vessel", JsonObject.of("gravity", JsonObject.of("deviceName", "fermenter"), "temperature",
                        JsonObject.of("deviceName", "fermenter"),
                        "controlName", "fermenter"),
                "profile", JsonArray.of(JsonObject.of("name", "primary", "type", "Hold", "celsius", "19"))).withAll(JsonObject.of(more));
    }

    BrewWorld batch(JsonObject spec) {
        create(BATCHES, "ale", JsonObject.of("spec", spec));
        return settle();
    }

    JsonObject status() {
        return client.get(BATCHES, new ObjectKey("home", "ale")).at("status").object();
    }

    String phase() {
        return status().at("phase").text("");
    }

    String condition(String type) {
        return status().at("conditions").array().stream().filter(each -> each.at("type").text("").equals(type)).findFirst()
                .map(each -> each.at("status").text("") + " " + each.at("reason").text("")).orElse("");
    }

    String target() {
        return client.get(DEVICES, new ObjectKey("home", "fermenter")).at("spec", "control", "target").text("");
    }

    List<String> diary() {
        return status().at("diary").array().stream().map(line -> line.at("reason").text("") + ": " + line.at("text").text("")).toList();
    }

    List<String> events() {
        return client.list(Resources.EVENTS, "home").stream()
                .map(event -> event.at("reason").text("") + ": " + event.at("message").text("")).toList();
    }

    void merge(Resource resource, String name, JsonObject patch) {
        client.patch(resource, new ObjectKey("home", name), new Patch.Merge(patch));
    }
}
