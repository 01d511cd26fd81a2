package home.oikos.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The login that every pod has: its ServiceAccount's files and two environment variables.
public final class InCluster {
    private static final Path FILES = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private InCluster() { }

    public static boolean isHere(Map<String, String> environment) {
        return environment.containsKey("KUBERNETES_SERVICE_HOST") && Files.exists(FILES.resolve("token"));
    }

    public static Config config(Map<String, String> environment) throws IOException {
        var host = environment.get("KUBERNETES_SERVICE_HOST");
        var bracketed = host.contains(":") ? "[" + host + "]" : host;
        var server = URI.create("https://" + bracketed + ":" + environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443"));
        var tls = new Config.Tls(Optional.of(Files.readString(FILES.resolve("ca.crt"))), Optional.empty(), false);
        var namespace = Files.readString(FILES.resolve("namespace")).strip();
        return new Config(server, namespace, tls, new Config.Credentials.TokenFile(FILES.resolve("token")));
    }
}
