package home.oikos.client;

import home.oikos.api.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/// Reads what a kubeconfig file says. Exec plugins and auth providers are named and refused: a home's own files have none.
public final class Kubeconfig {
    private final Json tree;
    private final Path folder;

    private Kubeconfig(Json tree, Path folder) {
        this.tree = tree;
        this.folder = folder;
    }

    /// @param tree the file's content
    /// @param folder what relative file names in it are relative to
    public static Config config(Json tree, Path folder) throws IOException {
        var current = tree.at("current-context").text("");
        return new Kubeconfig(tree, folder).context(current);
    }

    private Config context(String name) throws IOException {
        var context = named("contexts", "context", name);
        var cluster = named("clusters", "cluster", context.at("cluster").text(""));
        var user = named("users", "user", context.at("user").text(""));
        var server = cluster.at("server").text().orElseThrow(() -> new IOException("kubeconfig: the cluster has no server"));
        var tls = new Config.Tls(material(cluster, "certificate-authority"), cluster.at("tls-server-name").text(),
                cluster.at("insecure-skip-tls-verify").bool(false));
        return new Config(URI.create(server), context.at("namespace").text("default"), tls, credentials(user));
    }

    private Config.Credentials credentials(Json user) throws IOException {
        for (var plugin : new String[] {"exec", "auth-provider"}) {
            if (user.at(plugin).isPresent()) throw new IOException("kubeconfig: users with \"" + plugin + "\" cannot be read");
        }
        var certificate = material(user, "client-certificate");
        var key = material(user, "client-key");
        if (certificate.isPresent() && key.isPresent()) return new Config.Credentials.Certificate(certificate.get(), key.get());
        if (user.at("token").text().isPresent()) return new Config.Credentials.Token(user.at("token").text(""));
        return user.at("tokenFile").text().<Config.Credentials>map(file -> new Config.Credentials.TokenFile(folder.resolve(file)))
                .orElse(new Config.Credentials.None());
    }

    /// What is given inline as base64 in `NAME-data`, or in a file by `NAME`.
    private Optional<String> material(Json holder, String name) throws IOException {
        var inline = holder.at(name + "-data").text();
        if (inline.isPresent()) return inline.map(data -> new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8));
        var file = holder.at(name).text();
        return file.isEmpty() ? Optional.empty() : Optional.of(Files.readString(folder.resolve(file.get())));
    }

    private Json named(String list, String member, String name) throws IOException {
        for (var entry : tree.at(list).array()) {
            if (entry.at("name").text("").equals(name)) return entry.at(member);
        }
        throw new IOException("kubeconfig: no " + member + " named \"" + name + "\"");
    }
}
