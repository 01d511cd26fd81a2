package home.oikos.rollout;

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
import home.oikos.controller.Times;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// The controller of rollouts over an API in memory, a gateway that the test plays, and a clock that it moves; no threads.
final class RolloutWorld {
    final StandingClock clock = StandingClock.at("2026-01-02T17:00:00Z");
    final Faulty transport = new Faulty(new FakeApi(clock, Rollout.RESOURCE, RolloutReconciler.DEVICES, RolloutReconciler.FIRMWARES, Resources.EVENTS));
    final ApiClient client = new ApiClient(transport);
    final List<String> failures = new ArrayList<>();
    /// How often each device was brought to each version.
    final Map<String, Integer> installs = new TreeMap<>();
    private ControllerGroup group;

    /// Loses the process at a chosen write, as kill -9 does: the write is done or it is not, and nothing after it. Refuses what it is told to.
    static final class Faulty implements Transport {
        private final Transport below;
        /// Whether the controller is at work, whose writes count.
        boolean counts;
        int writes;
        int killAt = Integer.MAX_VALUE;
        boolean after;
        String refuses = "";
        int code;

        Faulty(Transport below) {
            this.below = below;
        }

        static final class Killed extends RuntimeException {
            private static final long serialVersionUID = 1;
        }

        @Override
        public Answer exchange(Call call) throws IOException {
            boolean isOurs = counts && !call.method().equals("GET") && (call.headers().containsKey("Impersonate-User") || call.path().endsWith("/status"));
            if (!isOurs) return below.exchange(call);
            if (!refuses.isEmpty() && call.headers().containsKey("Impersonate-User")) {
                return new Answer(code, Map.of(), JsonObject.of("kind", "Status", "code", code, "reason", "Forbidden", "message", refuses).bytes());
            }
            boolean dies = ++writes == killAt;
            if (dies && !after) throw new Killed();
            var answer = below.exchange(call);
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

    RolloutWorld() {
        restart();
    }

    /// A new process that knows only what the API holds.
    void restart() {
        group = new ControllerGroup(client, new ControllerGroup.Surroundings(clock, _ -> { }, new Random(1), (name, key, why) -> {
            if (!(why instanceof Faulty.Killed)) failures.add(name + " " + key + ": " + why);
        }));
        Rollouts.addTo(group);
    }

    RolloutWorld firmware(String name, String version) {
        return create(RolloutReconciler.FIRMWARES, name, JsonObject.of("spec", JsonObject.of("modelName", "washer", "version", version)));
    }

    RolloutWorld device(String name) {
        return create(RolloutReconciler.DEVICES, name, JsonObject.of("spec", JsonObject.of("modelName", "washer"), "status", JsonObject.of("firmware",
                JsonObject.of("version", "1.0", "phase", "Idle", "reason", "NeverUpdated"))));
    }

    RolloutWorld create(Resource resource, String name, JsonObject content) {
        client.create(resource, JsonObject.of("apiVersion", resource.apiVersion(), "kind", resource.kind(), "metadata",
                JsonObject.of("namespace", "home", "name", name)).withAll(content));
        return this;
    }

    /// A device of another model.
    RolloutWorld meter(double flow) {
        create(RolloutReconciler.DEVICES, "meter", JsonObject.of("spec", JsonObject.of("modelName", "meter")));
        says("meter", "flow", flow);
        return this;
    }

    RolloutWorld rollout(Object... spec) {
        var all = JsonObject.of("firmwareName", "two", "soakSeconds", 20, "progressDeadlineSeconds", 600).withAll(JsonObject.of(spec));
        return create(Rollout.RESOURCE, "r", JsonObject.of("spec", all));
    }

    /// Lets the controller see what changed and work until nothing is due.
    /// @return false when it died meanwhile; another stands in its place then
    boolean settle() {
        for (int round = 0; round < 60; round++) {
            int before = transport.writes;
            group.list();
            boolean worked = false;
            while (runOnce()) {
                worked = true;
                if (transport.writes >= transport.killAt) {
                    transport.killAt = Integer.MAX_VALUE;
                    restart();
                    return false;
                }
            }
            if (!worked && before == transport.writes) return true;
        }
        throw new AssertionError("the controller does not come to rest: " + failures + status());
    }

    private boolean runOnce() {
        transport.counts = true;
        try {
            return group.runOnce(clock.instant());
        } finally {
            transport.counts = false;
        }
    }

    /// The gateway and the devices do their part: what is wished is offered, taken up and installed, a step each.
    void devicesLive() {
        for (var device : client.list(RolloutReconciler.DEVICES, "home")) {
            var wish = Wish.read(device.at("spec", "firmware"));
            var update = Update.read(device.at("status", "firmware"));
            boolean isFor = !wish.isNothing() && wish.equals(update.of());
            if (update.inWork() && !isFor && !update.isTakenUp()) firmware(device, update.of(), "Idle", "Withdrawn", update.version());
            else if (!update.inWork() && !isFor && !wish.isNothing()) firmware(device, wish, "Offered", "WaitsForDevice", update.version());
            else if (update.phase() == Update.Phase.Offered) firmware(device, wish, "Installing", "Working", update.version());
            else if (update.isTakenUp()) installed(device, update.of());
        }
    }

    private void installed(Json device, Wish wish) {
        var version = client.get(RolloutReconciler.FIRMWARES, new ObjectKey("home", wish.firmwareName())).at("spec", "version").text("");
        installs.merge(device.at("metadata", "name").text("") + " " + version, 1, Integer::sum);
        firmware(device, wish, "Idle", "Updated", version);
    }

    void firmware(Json device, Wish wish, String phase, String reason, String version) {
        client.patchStatus(RolloutReconciler.DEVICES, ObjectKey.of(device), Patch.merge("status", JsonObject.of("firmware", JsonObject.of("firmwareName",
                wish.firmwareName(), "attempt", wish.attempt(), "phase", phase, "reason", reason, "version", version, "transitionTime",
                Times.text(clock.instant())))));
    }

    void says(String name, String property, Object value) {
        client.patchStatus(RolloutReconciler.DEVICES, new ObjectKey("home", name), Patch.merge("status", JsonObject.of("reported", JsonObject.of(property,
                JsonObject.of("value", value, "observedTime", clock.instant().toString())))));
    }

    /// Time passes in steps of five seconds.
    RolloutWorld passes(int seconds) {
        for (int second = 0; second < seconds; second += 5) {
            clock.advance(Duration.ofSeconds(5));
            settle();
            devicesLive();
            settle();
        }
        return this;
    }

    void patch(Object... spec) {
        client.patch(Rollout.RESOURCE, new ObjectKey("home", "r"), Patch.merge("spec", JsonObject.of(spec)));
    }

    Json status() {
        return client.get(Rollout.RESOURCE, new ObjectKey("home", "r")).at("status");
    }

    String phase() {
        return status().at("phase").text("");
    }

    String version(String name) {
        return client.get(RolloutReconciler.DEVICES, new ObjectKey("home", name)).at("status", "firmware", "version").text("");
    }

    List<String> events() {
        return client.list(Resources.EVENTS, "").stream().map(event -> event.at("reason").text("")).toList();
    }

    static JsonArray checks(String name, String expression, String message) {
        return JsonArray.of(JsonObject.of("name", name, "expression", expression, "message", message, "failureSeconds", 0));
    }
}
