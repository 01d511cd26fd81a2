package home.oikos.home;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.base.StandingClock;
import home.oikos.client.ApiClient;
import home.oikos.client.FakeApi;
import home.oikos.client.Patch;
import home.oikos.client.Resource;
import home.oikos.client.Resources;
import home.oikos.controller.ControllerGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The home controllers over an API in memory and a clock that a test moves; no threads.
final class HomeWorld {
    final StandingClock clock = StandingClock.at("2026-01-02T17:00:00Z");
    final ApiClient client = new ApiClient(new FakeApi(clock, Kinds.DEVICES, Kinds.REACTIONS, Kinds.SCALERS, Resources.EVENTS, Resources.DEPLOYMENTS,
            Resources.JOBS));
    final List<String> failures = new ArrayList<>();
    private ControllerGroup group;

    HomeWorld() {
        restart();
    }

    /// New controllers that know only what the API holds.
    void restart() {
        group = new ControllerGroup(client, new ControllerGroup.Surroundings(clock, _ -> { }, new Random(1), (name, key, why) ->
                failures.add(name + " " + key + ": " + why)));
        HomeControllers.addTo(group);
        settle();
    }

    /// Lets the controllers see what changed and work until nothing is due.
    HomeWorld settle() {
        for (int round = 0; round < 20; round++) {
            group.list();
            boolean worked = false;
            while (group.runOnce(clock.instant())) worked = true;
            if (!worked) return this;
        }
        throw new AssertionError("the controllers do not come to rest: " + failures);
    }

    /// Time passes, second by second.
    HomeWorld passes(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            clock.advance(Duration.ofSeconds(1));
            settle();
        }
        return this;
    }

    HomeWorld device(String name, JsonObject reported) {
        create(Kinds.DEVICES, "home", name, JsonObject.of("spec", JsonObject.EMPTY));
        return says(name, reported);
    }

    HomeWorld says(String name, JsonObject reported) {
        var values = JsonObject.EMPTY;
        for (var value : reported.members().entrySet()) {
            values = values.with(value.getKey(), JsonObject.of("value", value.getValue(), "observedTime", clock.instant().toString()));
        }
        client.patchStatus(Kinds.DEVICES, new ObjectKey("home", name), Patch.merge("status", JsonObject.of("reported", values)));
        return settle();
    }

    void create(Resource resource, String namespace, String name, JsonObject content) {
        client.create(resource, JsonObject.of("apiVersion", resource.apiVersion(), "kind", resource.kind(),
                "metadata", JsonObject.of("namespace", namespace, "name", name)).withAll(content));
    }

    HomeWorld reaction(String name, JsonObject spec) {
        create(Kinds.REACTIONS, "home", name, JsonObject.of("spec", spec));
        return settle();
    }

    HomeWorld scaler(String name, JsonObject spec) {
        create(Kinds.SCALERS, "home", name, JsonObject.of("spec", spec));
        return settle();
    }

    Json desired(String device) {
        return client.get(Kinds.DEVICES, new ObjectKey("home", device)).at("spec", "desired");
    }

    Json status(Resource resource, String name) {
        return client.get(resource, new ObjectKey("home", name)).at("status");
    }

    int replicas(String namespace, String name) {
        return client.get(Resources.DEPLOYMENTS, new ObjectKey(namespace, name)).at("spec", "replicas").integer(-1);
    }

    List<String> events() {
        return client.list(Resources.EVENTS, "").stream().map(event -> event.at("reason").text("") + ": " + event.at("message").text("")).toList();
    }
}
