package home.oikos.cli;

import home.oikos.api.Yaml;
import home.oikos.client.ApiClient;
import home.oikos.client.Config;
import home.oikos.client.Kubeconfig;
import home.oikos.client.NetworkTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Which home a verb speaks to: the options that all verbs share, and the client they lead to.
public final class Home {
    @Option(names = "--data", paramLabel = "DIR", description = "where the home lives")
    private Path data = Path.of("/var/lib/oikos");

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "another way in than DIR/kubeconfig")
    private Path kubeconfig;

    private final Clock clock;
    private ApiClient client;

    public Home(Clock clock) {
        this.clock = clock;
    }

    /// A home that is known without reading a command line.
    public Home(Path data, Clock clock) {
        this(clock);
        this.data = data;
    }

    public Path data() {
        return data;
    }

    public Clock clock() {
        return clock;
    }

    /// A client with the rights of the kubeconfig.
    /// @throws Refusal when there is no home here, or it may not be read
    public ApiClient client() {
        if (client == null) client = new ApiClient(transport()).fieldManager("oikos");
        return client;
    }

    /// The kubeconfig that was named; empty when none was.
    public Optional<Path> kubeconfig() {
        return Optional.ofNullable(kubeconfig);
    }

    private NetworkTransport transport() {
        try {
            return new NetworkTransport(config());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Where the API is and how to show who asks.
    /// @throws Refusal when there is no home here, or it may not be read
    public Config config() {
        var file = kubeconfig != null ? kubeconfig : data.resolve("kubeconfig");
        try {
            return Kubeconfig.config(Yaml.parse(Files.readString(file)), file.toAbsolutePath().getParent());
        } catch (NoSuchFileException none) {
            throw new Refusal("there is no home in " + data + " (no " + file.getFileName() + " there); ./oikos up starts one, --data DIR names another");
        } catch (AccessDeniedException denied) {
            throw new Refusal(file + " may not be read by this user; try sudo, or point --kubeconfig at a copy of your own");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
