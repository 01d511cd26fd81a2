package home.oikos.dist;

import home.oikos.api.JsonObject;
import home.oikos.cli.Home;
import home.oikos.cli.Refusal;
import home.oikos.cli.Screen;
import home.oikos.client.Call;
import home.oikos.client.Resources;
import home.oikos.host.Instance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The training run of the AOT cache: a small home without containers but with its simulated house, some requests as clients send them,
/// and out. What is loaded here is what a real start finds loaded, and what it need not keep in memory of its own.
@Command(name = "train")
final class Train implements Callable<Integer> {
    private static final Path BROKER = Path.of("/usr/sbin/mosquitto");

    @Mixin
    private final Home home;
    private final Screen screen;

    Train(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() throws Exception {
        boolean devices = Files.isExecutable(BROKER);
        var settings = Settings.DEFAULT.withApi("127.0.0.1", Ports.free(Settings.PORT)).withContainers(false).withDemo(devices)
                .withBrokerPort(devices ? Ports.free(Settings.BROKER_PORT) : 0).withDicePort(Ports.free(Settings.DICE_PORT));
        settings.write(home.data());
        var instance = Instance.of(home.data()).prepare();
        try (var server = HomeServer.start(instance, settings, home.clock(), new SecureRandom(), new Journal(home.data(), home.clock()))) {
            server.awaitReady();
            exercise();
            if (devices) live(settings);
        } finally {
            Folders.remove(instance.runDir());
        }
        return 0;
    }

    private void exercise() {
        var client = home.client();
        for (var path : List.of("/readyz", "/version", "/api", "/apis", "/api/v1/namespaces?limit=500", "/metrics")) client.exchange(Call.of("GET", path));
        var table = Call.of("GET", "/api/v1/namespaces").header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io");
        client.exchange(table);
        var metadata = JsonObject.of("name", "train", "namespace", "default");
        var map = JsonObject.of("apiVersion", "v1", "kind", "ConfigMap", "metadata", metadata, "data", JsonObject.of("a", "b"));
        client.apply(Resources.CONFIG_MAPS, map, true);
        client.list(Resources.CONFIG_MAPS, "default");
    }

    /// A home that does not come into sync is no reason to do without the cache.
    private void live(Settings settings) throws Exception {
        try {
            var demo = new Demo(home, settings);
            demo.apply();
            demo.await(new Progress(screen, home.clock()));
        } catch (Refusal slow) {
            screen.err().println("the simulated house took too long: " + slow.getMessage());
        }
    }
}
