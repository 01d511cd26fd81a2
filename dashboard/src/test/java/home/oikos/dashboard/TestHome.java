package home.oikos.dashboard;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.Yaml;
import home.oikos.apiserver.AdmissionReviewer;
import home.oikos.apiserver.ApiServer;
import home.oikos.apiserver.ApiServerOptions;
import home.oikos.apiserver.HomeSecurity;
import home.oikos.apiserver.LocalApi;
import home.oikos.apiserver.User;
import home.oikos.client.ApiClient;
import home.oikos.client.Resource;
import home.oikos.client.Resources;
import home.oikos.http.Filter;
import home.oikos.http.Handler;
import home.oikos.pki.CertificateAuthority;
import home.oikos.pki.Fingerprint;
import home.oikos.pki.ServerNames;
import home.oikos.pki.TokenKeys;
import home.oikos.store.LogStore;
import home.oikos.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The real API server with a home's security on a store in memory, and the dashboard in front of it.
final class TestHome implements AutoCloseable {
    static final String HOME = "oikos.home/v1alpha1";
    static final Resource DEVICES = kind("devices", "Device");
    static final Resource INTERLOCKS = kind("interlocks", "Interlock");
    static final Resource REACTIONS = kind("reactions", "Reaction");
    static final Resource SCALERS = kind("scalers", "Scaler");
    static final Resource FERMENTATIONS = kind("fermentations", "Fermentation");
    static final Resource ENTROPY_SOURCES = kind("entropysources", "EntropySource");
    static final Resource ROLLOUTS = kind("firmwarerollouts", "FirmwareRollout");
    static final Resource ONE_TIME_PASSWORDS = kind("onetimepasswords", "OneTimePassword");
    /// What the gateway serves of them.
    static final Resource SERVED = Resource.namespaced("gateway.oikos.home/v1alpha1", "onetimepasswords", "OneTimePassword");
    static final Resource MODELS = Resource.clusterScoped(HOME, "devicemodels", "DeviceModel");
    private static final List<Resource> KINDS = List.of(DEVICES, INTERLOCKS, REACTIONS, SCALERS, FERMENTATIONS, ENTROPY_SOURCES, ROLLOUTS,
            ONE_TIME_PASSWORDS, MODELS);
    static final String LINK_WORD = "aVeryLongWordThatNobodyGuesses";

    final MovableClock clock = new MovableClock();
    final CertificateAuthority authority;
    final Store store;
    final ApiServer api;
    final ApiClient client;
    final Handler handler;
    private final HomeSecurity security;

    TestHome(Path directory) throws Exception {
        this(directory, List.of(), Optional.empty(), List.of());
    }

    /// @param gateway what it serves beside one-time passwords
    TestHome(Path directory, List<AdmissionReviewer> reviewers, Optional<LocalApi> gateway, List<LocalApi> locals) throws Exception {
        var random = new SecureRandom();
        store = LogStore.inMemory(clock);
        authority = CertificateAuthority.open(directory.resolve("pki"), ServerNames.of("localhost", List.of(), List.of()), clock, random);
        var keys = TokenKeys.open(directory.resolve("pki"), "token", random);
        security = HomeSecurity.open(store, new HomeSecurity.Parts(authority, keys, List.of(), Optional.empty(), clock, random));
        var oneTime = new TestOneTimePasswords(gateway);
        var served = Stream.concat(Stream.of(oneTime), locals.stream()).toList();
        api = ApiServer.start(store, ApiServerOptions.of(clock, random).withSecurity(security).withReviewers(reviewers).withLocals(served)
                .withNode(new EchoNode()));
        client = new ApiClient(new InProcessTransport(api.handler(), User.of("system:oikos:dashboard", "system:masters")));
        defineKinds();
        oneTime.open(client, clock, random);
        var facts = new PageFacts("Test home", () -> Fingerprint.of(authority.certificate()), authority.certificatePem());
        handler = Filter.chain(List.of(new Dashboard(client, facts, clock, random)), api.handler());
        for (var name : List.of(Accounts.NAMESPACE, "home")) namespace(name);
    }

    private static Resource kind(String plural, String kind) {
        return Resource.namespaced(HOME, plural, kind);
    }

    /// The kinds of the home, by the manifests that a home applies.
    private void defineKinds() throws IOException {
        for (var kind : KINDS) {
            try (var in = TestHome.class.getResourceAsStream("/crd/" + kind.kind() + ".yaml")) {
                client.create(Resources.CUSTOM_RESOURCE_DEFINITIONS, Yaml.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
    }

    private void namespace(String name) {
        if (client.find(Resources.NAMESPACES, ObjectKey.clusterScoped(name)).isPresent()) return;
        client.create(Resources.NAMESPACES, JsonObject.of("apiVersion", "v1", "kind", "Namespace", "metadata",
                JsonObject.of("name", name)));
        // What a controller would do; pods need it.
        client.create(Resources.SERVICE_ACCOUNTS, JsonObject.of("apiVersion", "v1", "kind", "ServiceAccount", "metadata",
                JsonObject.of("name", "default", "namespace", name)));
    }

    /// What `oikos login` makes.
    /// @return `NAME.SECRET`
    String link(Role role) {
        var content = JsonObject.of("hash", Digest.of(LINK_WORD).hex(), "role", role.account(),
                "expiresTime", clock.instant().plus(Duration.ofMinutes(10)).toString());
        var made = client.create(Resources.SECRETS, JsonObject.of("apiVersion", "v1", "kind", "Secret", "type", LoginLinks.TYPE,
                "stringData", content,
                "metadata", JsonObject.of("generateName", "login-", "namespace", Accounts.NAMESPACE)));
        return made.at("metadata", "name").text("") + "." + LINK_WORD;
    }

    /// Creates an object of any kind, and then its status.
    Json create(Resource kind, Json object) {
        var whole = object.object().with("apiVersion", kind.apiVersion()).with("kind", kind.kind());
        if (kind.namespaced() && whole.at("metadata", "namespace").isNull()) whole = whole.withAt("home", "metadata", "namespace");
        if (kind.namespaced()) namespace(whole.at("metadata", "namespace").text(""));
        var made = client.create(kind, whole).object();
        return whole.has("status") ? client.updateStatus(kind, made.with("status", whole.at("status"))) : made;
    }

    @Override
    public void close() throws Exception {
        api.close();
        security.close();
        store.close();
    }
}
