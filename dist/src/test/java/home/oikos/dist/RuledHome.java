package home.oikos.dist;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.Yaml;
import home.oikos.apiserver.ApiServer;
import home.oikos.apiserver.ApiServerOptions;
import home.oikos.apiserver.HomeSecurity;
import home.oikos.apiserver.User;
import home.oikos.base.StandingClock;
import home.oikos.cli.Manifest;
import home.oikos.client.ApiClient;
import home.oikos.client.Patch;
import home.oikos.client.Resource;
import home.oikos.client.Resources;
import home.oikos.controller.ControllerGroup;
import home.oikos.home.HomeControllers;
import home.oikos.pki.CertificateAuthority;
import home.oikos.pki.ServerNames;
import home.oikos.pki.TokenKeys;
import home.oikos.store.LogStore;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// The controllers of the home kinds over the real API server with a home's security, without threads and with a clock that a test moves.
final class RuledHome implements AutoCloseable {
    static final Resource REACTIONS = Resource.namespaced(HomeKinds.GROUP_VERSION, "reactions", "Reaction");
    static final Resource SCALERS = Resource.namespaced(HomeKinds.GROUP_VERSION, "scalers", "Scaler");
    private static final int ROUNDS_MAX = 50;

    final ApiClient admin;
    final List<String> failures = new ArrayList<>();
    private final StandingClock clock = StandingClock.at("2026-01-02T16:00:00Z");
    private final LogStore store = LogStore.inMemory(clock);
    private final HomeSecurity security;
    private final ApiServer api;
    private ControllerGroup group;

    RuledHome(Path folder) throws Exception {
        var random = new SecureRandom();
        var authority = CertificateAuthority.open(folder, ServerNames.of("localhost", List.of(), List.of()), clock, random);
        var keys = TokenKeys.open(folder, "token", random);
        security = HomeSecurity.open(store, new HomeSecurity.Parts(authority, keys, List.of(), Optional.empty(), clock, random));
        api = ApiServer.start(store, ApiServerOptions.of(clock, random).withSecurity(security));
        admin = client(User.of("admin", "system:masters", "system:authenticated")).fieldManager("admin");
        new HomeKinds(admin).apply();
        restart();
    }

    private ApiClient client(User user) {
        return new ApiClient(new InProcessTransport(api.handler(), user));
    }

    /// New controllers that know only what the API holds.
    void restart() {
        var client = client(User.of("system:oikos:home-controllers", "system:authenticated"));
        group = new ControllerGroup(client, new ControllerGroup.Surroundings(clock, _ -> { }, new Random(1), (name, key, why) ->
                failures.add(name + " " + key + ": " + why)));
        HomeControllers.addTo(group);
        settle();
    }

    /// Lets the controllers work until nothing is due.
    RuledHome settle() {
        for (int round = 0; round < ROUNDS_MAX; round++) {
            group.list();
            boolean worked = false;
            while (group.runOnce(clock.instant())) worked = true;
            if (!worked) return this;
        }
        throw new AssertionError("the controllers do not come to rest: " + failures);
    }

    RuledHome passes(int seconds) {
        for (int second = 0; second < seconds; second++) {
            clock.advance(Duration.ofSeconds(1));
            settle();
        }
        return this;
    }

    /// Time in which nobody works.
    void stands(Duration time) {
        clock.advance(time);
    }

    /// What a person applies.
    RuledHome apply(String yaml) throws IOException {
        for (var object : Yaml.parseAll(yaml)) Manifest.apply(admin, object, "home", true);
        return settle();
    }

    RuledHome says(String device, String property, Object value) {
        admin.patchStatus(OtherApi.DEVICES, home(device), Patch.merge("status", JsonObject.of("reported", JsonObject.of(property,
                JsonObject.of("value", value, "observedTime", clock.instant().toString())))));
        return settle();
    }

    static ObjectKey home(String name) {
        return new ObjectKey("home", name);
    }

    Json desired(String device, String property) {
        return admin.get(OtherApi.DEVICES, home(device)).at("spec", "desired", property);
    }

    int replicas(ObjectKey deployment) {
        return admin.get(Resources.DEPLOYMENTS, deployment).at("spec", "replicas").integer(-1);
    }

    Json status(Resource kind, String name) {
        return admin.get(kind, home(name)).at("status");
    }

    /// `Forbidden: words`, of the condition Ready.
    String ready(Resource kind, String name) {
        var condition = status(kind, name).at("conditions").at(0);
        return condition.at("reason").text("") + ": " + condition.at("message").text("");
    }

    @Override
    public void close() throws Exception {
        group.close();
        api.close();
        security.close();
        store.close();
    }
}
