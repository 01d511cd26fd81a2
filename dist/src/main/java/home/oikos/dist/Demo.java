package home.oikos.dist;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.api.Yaml;
import home.oikos.cli.Home;
import home.oikos.cli.Manifest;
import home.oikos.client.Resource;
import home.oikos.client.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/// The demo home: blueprints applied through the public API, as anybody could.
final class Demo {
    private static final List<String> WITH_CONTAINERS = List.of("house", "dice", "brewery", "readers", "batch", "media");
    private static final List<String> WITHOUT_CONTAINERS = List.of("house", "dice", "brewery", "batch");
    /// The readers in pods are clients of the broker.
    private static final DemoSecret READERS = DemoSecret.account(new ObjectKey("brewery", "vapour-readers"), "vapour-readers/#");
    private static final Resource DEVICES = Resource.namespaced("oikos.home/v1alpha1", "devices", "Device");
    private static final int UNAVAILABLE = 503;
    private static final Duration INTERLOCKS_WITHIN = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Home home;
    private final Settings settings;

    Demo(Home home, Settings settings) {
        this.home = home;
        this.settings = settings;
    }

    void apply() throws IOException, GeneralSecurityException, InterruptedException {
        if (settings.containers()) READERS.ensure(home.client(), new SecureRandom());
        for (var name : settings.containers() ? WITH_CONTAINERS : WITHOUT_CONTAINERS) apply(name);
        DemoFirmware.of(home).apply();
        // What is brought to devices comes after the images.
        apply("rollout");
    }

    private void apply(String name) throws IOException, InterruptedException {
        for (var object : Yaml.parseAll(read(name))) apply(placed(object));
    }

    /// The API answers before the gateway knows the interlocks, and lets nobody write a device until then: the next moment it does.
    private void apply(Json object) throws InterruptedException {
        for (var started = home.clock().instant();; Thread.sleep(Progress.LOOK_AGAIN)) {
            try {
                Manifest.apply(home.client(), object, "default", true);
                return;
            } catch (ApiException notYet) {
                if (notYet.code() != UNAVAILABLE || Duration.between(started, home.clock().instant()).compareTo(INTERLOCKS_WITHIN) > 0) throw notYet;
            }
        }
    }

    /// The dice speaks where this home's simulated house has a free port.
    private Json placed(Json object) {
        if (!object.at("kind").text("").equals("EntropySource")) return object;
        return object.object().withAt(settings.dicePort(), "spec", "source", "tcp", "port");
    }

    private static String read(String name) throws IOException {
        try (var in = Demo.class.getResourceAsStream("/blueprints/" + name + ".yaml")) {
            if (in == null) throw new IOException("blueprint " + name + " is not in this build");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    void await(Progress progress) throws InterruptedException {
        progress.await("home", LONGEST, this::state);
    }

    private Progress.State state() {
        var devices = home.client().list(DEVICES, "home");
        // One that was not heard yet is as it should be only because nobody knows better; interlocks would refuse for its sake.
        long inSync = devices.stream().filter(device -> is(device, "InSync") && is(device, "Fresh")).count();
        var synced = new Progress.State(!devices.isEmpty() && inSync == devices.size(), "%d of %d devices in sync".formatted(inSync, devices.size()));
        return settings.containers() ? withPods(synced) : synced;
    }

    /// Without containers pods wait for a node that never comes, so nobody waits for them.
    private Progress.State withPods(Progress.State devices) {
        var pods = home.client().list(Resources.PODS, "");
        long ready = pods.stream().filter(pod -> is(pod, "Ready")).count();
        boolean done = devices.done() && !pods.isEmpty() && ready == pods.size();
        return new Progress.State(done, devices.text() + ", %d of %d pods ready".formatted(ready, pods.size()));
    }

    private static boolean is(Json object, String type) {
        return object.at("status", "conditions").array().stream()
                .anyMatch(condition -> condition.at("type").text("").equals(type) && condition.at("status").text("").equals("True"));
    }
}
