package home.oikos.cli;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.Patch;
import home.oikos.client.Resource;
import home.oikos.client.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `device add attic-light --model hue-bulb --room attic`: a device with an account of its own at the broker, shown once.
/// A device that was discovered and waits in quarantine is adopted by the same words.
@Command(name = "device", description = "a new device")
final class DeviceAdd implements Callable<Integer> {
    private static final Resource MODELS = Resource.clusterScoped("oikos.home/v1alpha1", "devicemodels", "DeviceModel");
    private static final int PASSWORD_BYTES = 18;
    private static final int BROKER_PORT = 8883;

    @Mixin
    private final Home home;
    private final Screen screen;

    @Parameters(index = "0", paramLabel = "add")
    private String verb;
    @Parameters(index = "1", paramLabel = "NAME")
    private String name;
    @Option(names = "--model", required = true, description = "its DeviceModel; ./oikos get devicemodels lists them")
    private String model;
    @Option(names = "--room")
    private String room = "";
    @Option(names = "--topic", description = "its base topic at the broker; NAME by default")
    private String topic;
    @Option(names = {"-n", "--namespace"})
    private String namespace = "home";

    DeviceAdd(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() {
        if (!verb.equals("add")) throw Refusal.usage("device knows add, not " + verb);
        home.client().find(MODELS, new ObjectKey("", model))
                .orElseThrow(() -> new Refusal("there is no model " + model + "; ./oikos get devicemodels lists them, ./oikos apply -f FILE adds one"));
        var key = new ObjectKey(namespace, name);
        if (home.client().find(SetDesired.DEVICES, key).isPresent()) return adopt(key);
        if (topic == null) topic = name;
        var password = password();
        home.client().create(Resources.SECRETS, account(password));
        home.client().create(SetDesired.DEVICES, device());
        tell(password);
        return 0;
    }

    private int adopt(ObjectKey key) {
        var spec = JsonObject.of("modelName", model, "room", room.isEmpty() ? null : room);
        home.client().patch(SetDesired.DEVICES, key, Patch.merge("spec", spec));
        screen.out().println(name + " is a " + model + " now. It keeps the account it speaks through.");
        return 0;
    }

    private JsonObject account(String password) {
        var content = JsonObject.of("user", name, "password", password, "topics", topic + "\n" + topic + "/#");
        return JsonObject.of("apiVersion", "v1", "kind", "Secret", "metadata", metadata("mqtt-" + name), "type", "oikos.home/mqtt-account",
                "stringData", content);
    }

    private JsonObject device() {
        var mqtt = JsonObject.of("accountName", "mqtt-" + name, "topic", topic);
        var spec = JsonObject.of("modelName", model, "room", room.isEmpty() ? null : room, "connection", JsonObject.of("mqtt", mqtt));
        return JsonObject.of("apiVersion", SetDesired.DEVICES.apiVersion(), "kind", "Device", "metadata", metadata(name), "spec", spec);
    }

    private JsonObject metadata(String objectName) {
        return JsonObject.of("name", objectName, "namespace", namespace);
    }

    private static String password() {
        var bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new String(Base64.getUrlEncoder().withoutPadding().encode(bytes), StandardCharsets.US_ASCII);
    }

    /// A second home on this machine has another port.
    private int brokerPort() {
        try {
            return Json.parse(Files.readAllBytes(home.data().resolve("home.json"))).at("brokerPort").integer(BROKER_PORT);
        } catch (IOException elsewhere) {
            return BROKER_PORT;
        }
    }

    private void tell(String password) {
        screen.out().println(name + " may connect now. This is shown once:");
        screen.out().println("  broker    this machine, port " + brokerPort() + ", TLS; its authority is " + home.data().resolve("ca.crt"));
        screen.out().println("  user      " + name);
        screen.out().println("  password  " + password);
        screen.out().println("  topics    " + topic + " and everything below it");
    }
}
