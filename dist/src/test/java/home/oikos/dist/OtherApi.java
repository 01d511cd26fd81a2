package home.oikos.dist;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.Yaml;
import home.oikos.cli.Manifest;
import home.oikos.client.ApiClient;
import home.oikos.client.Config;
import home.oikos.client.Kubeconfig;
import home.oikos.client.NetworkTransport;
import home.oikos.client.Resource;
import home.oikos.client.Resources;
import home.oikos.host.Instance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/// An Oikos that loads neither home controllers nor gateway, broker and page: the Kubernetes of somebody else, with what its administrator
/// applies for a home.
record OtherApi(HomeServer server, Path data, ApiClient admin) implements AutoCloseable {
    static final Resource DEVICES = Resource.namespaced(HomeKinds.GROUP_VERSION, "devices", "Device");
    static final ObjectKey ACCOUNT = new ObjectKey("oikos-system", "oikos-home");

    static OtherApi start(Path data) throws Exception {
        var clock = Clock.systemUTC();
        var instance = Instance.of(data).prepare();
        var settings = Settings.DEFAULT.withApi("127.0.0.1", Ports.free(17_443)).withContainers(false).withHome(false);
        settings.write(data);
        var server = HomeServer.start(instance, settings, clock, new SecureRandom(), new Journal(data, clock));
        var api = new OtherApi(server, data, new ApiClient(new NetworkTransport(config(data.resolve("kubeconfig")))).fieldManager("admin"));
        try {
            api.furnish();
            return api;
        } catch (Exception broken) {
            api.close();
            throw broken;
        }
    }

    static Config config(Path kubeconfig) throws IOException {
        return Kubeconfig.config(Yaml.parse(Files.readString(kubeconfig)), kubeconfig.getParent());
    }

    /// What `./oikos home --print-manifests | kubectl apply -f -` does.
    private void furnish() throws Exception {
        for (var object : Yaml.parseAll(HomeKinds.manifests())) {
            Manifest.apply(admin, object, "default", true);
            if (object.at("kind").text("").equals("CustomResourceDefinition")) established(ObjectKey.of(object));
        }
    }

    private void established(ObjectKey definition) throws Exception {
        new Watching(admin).until(Resources.CUSTOM_RESOURCE_DEFINITIONS, definition, found -> isTrue(found, "Established"));
    }

    static boolean isTrue(Json object, String condition) {
        return object.at("status", "conditions").array().stream()
                .anyMatch(each -> each.at("type").text("").equals(condition) && each.at("status").text("").equals("True"));
    }

    void blueprint(String name) throws IOException {
        try (var in = OtherApi.class.getResourceAsStream("/blueprints/" + name + ".yaml")) {
            for (var object : Yaml.parseAll(new String(in.readAllBytes(), StandardCharsets.UTF_8))) Manifest.apply(admin, object, "default", true);
        }
    }

    /// The broker account of the simulated house.
    void houseAccount() {
        admin.create(Resources.SECRETS, JsonObject.of("apiVersion", "v1", "kind", "Secret", "metadata", JsonObject.of("name", "simulated-house",
                "namespace", "home"), "type", "oikos.home/mqtt-account", "stringData", JsonObject.of("user", "simulated-house", "password", "as-the-test-says",
                "topics", "zigbee2mqtt/#\nhouse/#\nhomeassistant/#")));
    }

    String token() {
        var request = JsonObject.of("apiVersion", "authentication.k8s.io/v1", "kind", "TokenRequest", "spec", JsonObject.of("expirationSeconds", 3_600));
        return admin.post(Resources.SERVICE_ACCOUNTS, ACCOUNT, "token", request).at("status", "token").text("");
    }

    /// A kubeconfig that holds a token of the ServiceAccount and nothing else.
    Path kubeconfigOfAccount() throws IOException {
        var file = data.resolve("account.kubeconfig");
        var own = Yaml.parse(Files.readString(data.resolve("kubeconfig")));
        var cluster = own.at("contexts").array().elements().getFirst().at("context", "cluster");
        var context = JsonObject.of("name", "account", "context", JsonObject.of("cluster", cluster, "user", "account"));
        var user = JsonObject.of("name", "account", "user", JsonObject.of("token", token()));
        Files.write(file, JsonObject.of("apiVersion", "v1", "kind", "Config", "current-context", "account", "clusters", own.at("clusters"),
                "contexts", List.of(context), "users", List.of(user)).bytes());
        return file;
    }

    @Override
    public void close() throws Exception {
        admin.transport().close();
        server.close();
        Folders.remove(Instance.of(data).runDir());
    }
}
