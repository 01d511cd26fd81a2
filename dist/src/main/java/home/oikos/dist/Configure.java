package home.oikos.dist;

import home.oikos.cli.Home;
import home.oikos.cli.Refusal;
import home.oikos.http.PortTaken;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Before anything is started: checks what `up` was asked for and keeps it in DIR/home.json. What cannot work is refused here,
/// so that a start that fails leaves nothing half-made.
@Command(name = "configure")
final class Configure implements Callable<Integer> {
    @Mixin
    private final Home home;

    @Option(names = "--api")
    private String api;
    @Option(names = "--sensors")
    private String sensors;
    @Option(names = "--key")
    private Path key;
    @Option(names = "--demo")
    private boolean demo;
    @Option(names = "--no-containers")
    private boolean noContainers;
    @Option(names = "--without-home")
    private boolean withoutHome;

    Configure(Home home) {
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        if (demo && withoutHome) throw Refusal.usage("--demo needs the home's controllers: ./oikos home --demo brings them, beside this --without-home");
        boolean first = !Files.exists(Settings.file(home.data()));
        var settings = Settings.read(home.data()).withContainers(!noContainers).withHome(!withoutHome);
        if (demo) settings = settings.withDemo(true);
        if (withoutHome) settings = settings.withDemo(false);
        if (api != null) settings = listening(settings, Ports.parse("--api", api));
        if (key != null) settings = settings.withKey(key);
        check(new InetSocketAddress(settings.host(), settings.port()));
        if (first) settings = settings.withBrokerPort(Ports.free(Settings.BROKER_PORT)).withDicePort(Ports.free(Settings.DICE_PORT));
        if (sensors != null) SensorPlace.give(home.data(), Ports.parse("--sensors", sensors));
        settings.write(home.data());
        return 0;
    }

    /// Port 0 takes a free one, once: the kubeconfig keeps naming it.
    private static Settings listening(Settings settings, InetSocketAddress address) {
        return settings.withApi(address.getAddress().getHostAddress(), address.getPort() == 0 ? Ports.free(Settings.PORT) : address.getPort());
    }

    private static void check(InetSocketAddress address) {
        if (Ports.isFree(address)) return;
        throw new Refusal(PortTaken.message(address) + "; another port: ./oikos up --api %s:%d".formatted(address.getAddress().getHostAddress(),
                Ports.free(address.getPort() + 1)));
    }
}
