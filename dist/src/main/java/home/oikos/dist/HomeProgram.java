package home.oikos.dist;

import home.oikos.cli.Home;
import home.oikos.cli.Refusal;
import home.oikos.cli.Screen;
import home.oikos.client.Config;
import home.oikos.client.InCluster;
import home.oikos.host.Instance;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `home --kubeconfig FILE`: home controllers, gateway, broker and page as a process of their own, beside any Kubernetes. In a pod it needs
/// no kubeconfig. Runs until TERM, or until another copy leads in its place.
@Command(name = "home")
final class HomeProgram implements Callable<Integer> {
    private static final String PAGE = "0.0.0.0:6444";

    @Mixin
    private final Home home;
    private final Screen screen;

    @Option(names = "--page", paramLabel = "ADDR:PORT")
    private String page = PAGE;
    @Option(names = "--broker", paramLabel = "HOST:PORT")
    private String broker;
    @Option(names = "--broker-login", paramLabel = "FILE")
    private Path brokerLogin;
    @Option(names = "--broker-ca", paramLabel = "FILE")
    private Path brokerCa;
    @Option(names = "--accounts-in", paramLabel = "NAMESPACE")
    private List<String> accountNamespaces = List.of("home");
    @Option(names = "--demo")
    private boolean demo;
    @Option(names = "--print-manifests")
    private boolean printManifests;

    HomeProgram(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() throws Exception {
        if (printManifests) {
            screen.out().print(HomeKinds.manifests());
            return 0;
        }
        var api = api();
        var mqtt = mqtt();
        if (Files.exists(home.data().resolve("keys"))) {
            throw new Refusal("%s is a home with an API of its own; a folder for this one: --data DIR".formatted(home.data()));
        }
        var instance = Instance.of(home.data()).prepare();
        try (var _ = OnlyOne.in(instance)) {
            int code = run(instance, api, mqtt);
            Folders.remove(instance.runDir());
            return code;
        }
    }

    private int run(Instance instance, Config api, MqttChoice mqtt) throws Exception {
        var settings = settings(instance.dataDir());
        var journal = new Journal(instance.dataDir(), home.clock());
        try (var signal = new StopSignal(); var server = new ClusterHome(instance, settings, home.clock(), new SecureRandom(), journal)) {
            server.open(api, mqtt, signal::stop);
            tell(api, settings);
            signal.await();
            return server.isOverthrown() ? 1 : 0;
        }
    }

    private Config api() throws IOException {
        if (home.kubeconfig().isEmpty() && InCluster.isHere(System.getenv())) return InCluster.config(System.getenv());
        if (home.kubeconfig().isEmpty()) throw Refusal.usage("home: expected --kubeconfig FILE, which says where Kubernetes is");
        return home.config();
    }

    private MqttChoice mqtt() throws IOException {
        var other = broker == null ? Optional.<BrokerLogin>empty() : Optional.of(new BrokerLogin(broker, brokerLogin, brokerCa));
        return new MqttChoice(other.isEmpty() ? Optional.empty() : Optional.of(other.get().settings()), accountNamespaces);
    }

    /// The broker's port is chosen once: devices keep it.
    private Settings settings(Path data) throws IOException {
        var address = Ports.parse("--page", page);
        boolean first = !Files.exists(Settings.file(data));
        int port = address.getPort() == 0 ? Ports.free(6_444) : address.getPort();
        if (!Ports.isFree(new InetSocketAddress(address.getAddress(), port))) {
            throw new Refusal("%s is taken; another place for the page: --page %s:%d".formatted(page, address.getAddress().getHostAddress(),
                    Ports.free(port + 1)));
        }
        var settings = Settings.read(data).withContainers(false).withDemo(demo)
                .withApi(address.getAddress().getHostAddress(), port);
        var chosen = first ? settings.withBrokerPort(Ports.free(Settings.BROKER_PORT)) : settings;
        chosen.write(data);
        return chosen;
    }

    private void tell(Config api, Settings settings) {
        screen.out().println("A home beside the Kubernetes at %s; its story is in %s.".formatted(api.server(), home.data().resolve("oikos.log")));
        screen.out().println("  page   https://%s:%d; a link that opens it: ./oikos login --data %s --kubeconfig FILE"
                .formatted(LanAddress.of(settings.host()), settings.port(), home.data()));
        screen.out().flush();
    }
}
