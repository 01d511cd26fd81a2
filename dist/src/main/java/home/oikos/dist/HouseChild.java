package home.oikos.dist;

import home.oikos.api.ApiException;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.gateway.TokenSecrets;
import home.oikos.host.BackOff;
import home.oikos.host.ChildSpec;
import home.oikos.host.Instance;
import home.oikos.host.Supervisor;
import home.oikos.pki.SecretFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The simulated house of a demo home: an account at the broker like any client's, and a process of its own, supervised.
final class HouseChild {
    private static final DemoSecret ACCOUNT = DemoSecret.account(new ObjectKey("home", "simulated-house"), "zigbee2mqtt/#\nhouse/#\nhomeassistant/#");
    private static final List<String> UPDATED = List.of("kitchen-light", "living-light", "porch-light", "dishwasher", "fridge");

    private HouseChild() { }

    static Supervisor start(ApiClient client, Instance instance, Settings settings, Clock clock, SecureRandom random, Consumer<String> story)
            throws IOException {
        var options = instance.runDir().resolve("simulation.json");
        var tree = JsonObject.of("host", "127.0.0.1", "port", settings.brokerPort(), "user", ACCOUNT.key().name(),
                "password", ACCOUNT.ensure(client, random),
                "ca", instance.dataDir().resolve("ca.crt").toString(), "state", instance.runDir().resolve("simulation.state").toString(),
                "firmware", firmware(client, settings, random), "dicePort", settings.dicePort(), "speed", 1);
        SecretFile.write(options, tree.bytes());
        var child = new ChildSpec("simulated-house", command(options), instance.runDir().resolve("simulated-house.log"));
        return new Supervisor(child, instance.runDir(), instance.prefix(), BackOff.CHILD, clock, story).start();
    }

    /// Where things that can be updated ask, and the token of each: a Secret like that of any device.
    private static JsonObject firmware(ApiClient client, Settings settings, SecureRandom random) throws IOException {
        var tokens = JsonObject.EMPTY;
        try {
            for (var thing : UPDATED) tokens = tokens.with(thing, token(client, thing, random));
        } catch (ApiException refused) {
            // Beside a cluster the account may make no Secrets: the house lives there all the same, and its things are not updated.
            return JsonObject.of("url", settings.ownUrl(), "tokens", tokens);
        }
        return JsonObject.of("url", settings.ownUrl(), "tokens", tokens);
    }

    private static String token(ApiClient client, String thing, SecureRandom random) {
        var key = new ObjectKey(ACCOUNT.key().namespace(), thing + "-firmware");
        return new DemoSecret(key, TokenSecrets.FIRMWARE, "token", JsonObject.EMPTY).ensure(client, random);
    }

    /// The same Java and the same jars as ours, small.
    private static List<String> command(Path options) {
        var words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx24m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-XX:+UseCompactObjectHeaders", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "simulated-house", "--options", options.toString()));
        return words;
    }
}
