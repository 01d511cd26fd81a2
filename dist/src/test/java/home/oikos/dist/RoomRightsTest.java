package home.oikos.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.Yaml;
import home.oikos.cli.Manifest;
import home.oikos.client.ApiClient;
import home.oikos.client.Call;
import home.oikos.client.DeleteOptions;
import home.oikos.client.NetworkTransport;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import home.oikos.dashboard.SecondFactors;
import home.oikos.host.Command;
import home.oikos.host.Instance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// In the one-process home each room is a user with a role: what it needs it may, and an over-reach is a refusal.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomRightsTest {
    private static final ObjectKey LIGHT = new ObjectKey("home", "kitchen-light");

    private static final ObjectKey DICE = new ObjectKey("home", "dice");

    @TempDir
    static Path folder;
    private Instance instance;
    private HomeServer server;
    private int dicePort;
    private ApiClient admin;

    @BeforeAll
    void start() throws Exception {
        var clock = Clock.systemUTC();
        instance = Instance.of(folder.resolve("data")).prepare();
        dicePort = Ports.free(17_624);
        var settings = Settings.DEFAULT.withApi("127.0.0.1", Ports.free(17_600)).withContainers(false).withDemo(true)
                .withBrokerPort(Ports.free(18_883)).withDicePort(dicePort);
        settings.write(instance.dataDir());
        server = HomeServer.start(instance, settings, clock, new SecureRandom(), new Journal(instance.dataDir(), clock));
        admin = new ApiClient(new NetworkTransport(OtherApi.config(instance.dataDir().resolve("kubeconfig")))).fieldManager("admin");
        server.awaitReady();
    }

    @AfterAll
    void stop() throws Exception {
        if (admin != null) admin.transport().close();
        if (server != null) server.close();
        Folders.remove(instance.runDir());
    }

    private void blueprint(String name) throws IOException {
        try (var in = RoomRightsTest.class.getResourceAsStream("/blueprints/" + name + ".yaml")) {
            for (var object : Yaml.parseAll(new String(in.readAllBytes(), StandardCharsets.UTF_8))) Manifest.apply(admin, object, "default", true);
        }
    }

    @Test
    void nothingThatARoomNeedsIsForbidden() throws Exception {
        for (var name : List.of("house", "dice", "brewery", "media")) blueprint(name);
        admin.patch(Entropy.SOURCES, DICE, Patch.merge("spec", JsonObject.of("source", JsonObject.of("tcp", JsonObject.of("port", dicePort)))));
        var watching = new Watching(admin);
        admin.patch(OtherApi.DEVICES, LIGHT, Patch.merge("spec", JsonObject.of("desired", JsonObject.of("on", true))));
        watching.until(OtherApi.DEVICES, LIGHT, light -> OtherApi.isTrue(light, "InSync")
                && light.at("status", "reported", "on", "value").bool(false));
        watching.until(Entropy.SOURCES, DICE, dice -> dice.at("status", "state").text("").equals("Healthy"));
        watching.until(Resources.SECRETS, new ObjectKey("home", "guest-wifi"), secret -> secret.at("data", "password").isPresent());
        watching.until(Resources.DEPLOYMENTS, new ObjectKey("media", "media"), media -> media.at("status", "replicas").integer(0) > 0);
        assertEquals(List.of(), refusals());
        admin.delete(Resources.NAMESPACES, ObjectKey.clusterScoped("media"), DeleteOptions.DEFAULT);
        admin.delete(Resources.DEPLOYMENTS, new ObjectKey("brewery", "vapour-readers"), DeleteOptions.DEFAULT);
        watching.gone(Resources.NAMESPACES, ObjectKey.clusterScoped("media"));
        watching.gone(Resources.REPLICA_SETS, "brewery");
        // A namespace that ends takes nothing new, from nobody: that is no lack of rights.
        assertEquals(List.of(), refusals().stream().filter(event -> !event.at("verb").text("").equals("create")).toList());
        var story = Files.readString(instance.dataDir().resolve("oikos.log"));
        assertTrue(!story.contains("cannot"), story);
    }

    @Test
    void chanceIsGivenToEachUpToSoMuchASecondAndToNobodyWithoutTheRight() throws Exception {
        blueprint("dice");
        new Watching(admin).until(Entropy.SOURCES, DICE, dice -> dice.at("status", "state").isPresent());
        var call = Call.of("GET", "/apis/gateway.oikos.home/v1alpha1/namespaces/home/entropysources/dice/random?bytes=4096");
        assertEquals(4_096, admin.exchange(call).body().length);
        // A thousand of them would be given in more than an hour.
        var refused = Stream.generate(() -> admin.exchange(call)).limit(1_000).filter(answer -> !answer.isSuccess()).findFirst().orElseThrow();
        assertEquals(429, refused.status());
        assertTrue(refused.header("retry-after").isPresent());
        assertEquals(403, admin.as("system:oikos:gateway", "system:authenticated").exchange(call).status());
    }

    private static Call onetime(String subresource, JsonObject body) {
        return Call.of("POST", "/apis/gateway.oikos.home/v1alpha1/namespaces/home/onetimepasswords/front-door/" + subresource)
                .body("application/json", body.bytes());
    }

    private Json answer(Call call) {
        var answer = admin.exchange(call);
        assertTrue(answer.isSuccess(), () -> new String(answer.body(), StandardCharsets.UTF_8));
        return Json.parse(answer.body());
    }

    @Test
    void ofAHundredWhoShowTheSameCodeAtOnceOneIsLetIn() throws Exception {
        blueprint("dice");
        assertEquals("NotEnrolled", answer(onetime("verify", JsonObject.of("code", "123456"))).at("reason").text(""));
        var enrolled = answer(onetime("enrolment", JsonObject.EMPTY));
        assertEquals(409, admin.exchange(onetime("enrolment", JsonObject.EMPTY)).status(), "shown once");
        var secret = enrolled.at("uri").text("").replaceAll(".*secret=([A-Z2-7]+).*", "$1");
        var code = Command.of("oathtool", "--totp", "--base32", secret).run().text().strip();
        var reasons = new ConcurrentHashMap<String, Integer>();
        var threads = Stream.generate(() -> Thread.ofVirtual().start(() ->
                reasons.merge(answer(onetime("verify", JsonObject.of("code", code))).at("reason").text(""), 1, Integer::sum))).limit(100).toList();
        for (var thread : threads) thread.join();
        assertEquals(Map.of("Accepted", 1, "Used", 99), reasons);
        assertEquals(403, admin.exchange(onetime("verify?answer=status", JsonObject.of("code", code))).status(), "for who reads no body");
        var paper = enrolled.at("recoveryCodes").at(0).text("");
        assertEquals("Recovered", answer(onetime("verify", JsonObject.of("code", paper))).at("reason").text(""));
        assertEquals("Wrong", answer(onetime("verify", JsonObject.of("code", paper))).at("reason").text(""));
        assertEquals(400, admin.exchange(onetime("verify", JsonObject.EMPTY)).status());
        assertEquals(400, admin.exchange(onetime("verify", JsonObject.of("code", "1".repeat(65)))).status());
        assertEquals(403, admin.as("system:oikos:dice", "system:authenticated").exchange(onetime("verify", JsonObject.of("code", code))).status());
        assertEquals(List.of(), refusals().stream().filter(event -> event.at("user", "username").text("").equals("system:oikos:otp")).toList());
    }

    private List<Json> refusals() throws IOException {
        try (var files = Files.list(ApiOptions.audit(instance.dataDir()))) {
            return files.flatMap(RoomRightsTest::lines).map(Json::parse).filter(event -> event.at("responseStatus", "code").integer(0) == 403
                    && event.at("user", "username").text("").startsWith("system:oikos:") && event.at("impersonatedUser").isNull()).toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }

    @Test
    void overReachIsRefused() {
        var gateway = admin.as("system:oikos:gateway", "system:authenticated");
        refused(() -> gateway.list(Resources.PODS, ""));
        refused(() -> gateway.deleteIfPresent(Resources.DEPLOYMENTS, new ObjectKey("media", "media"), DeleteOptions.DEFAULT));
        refused(() -> gateway.patch(OtherApi.DEVICES, LIGHT, Patch.merge("spec", JsonObject.of("room", "attic"))));
        refused(() -> admin.as("system:oikos:home-controllers", "system:authenticated").list(Resources.SECRETS, ""));
        var dice = admin.as("system:oikos:dice", "system:authenticated");
        refused(() -> dice.list(OtherApi.DEVICES, "home"));
        refused(() -> dice.patch(Entropy.SOURCES, DICE, Patch.merge("spec", JsonObject.of("minEntropy", "1"))));
        refused(() -> dice.deleteIfPresent(Resources.SECRETS, new ObjectKey("home", "guest-wifi"), DeleteOptions.DEFAULT));
        refused(() -> admin.as("system:oikos:otp", "system:authenticated").list(Resources.SECRETS, "home"));
        refused(() -> admin.as("system:oikos:node", "system:authenticated").list(Resources.SECRETS, "home"));
        refused(() -> admin.as("system:oikos:dashboard", "system:authenticated").list(Resources.SECRETS, "home"));
        // The page makes and asks the codes of its own accounts, and knows no others.
        var page = new SecondFactors(admin.as("system:oikos:dashboard", "system:authenticated"), Clock.systemUTC());
        assertEquals(page.bind("viewer", "test"), page.find("viewer").orElseThrow());
        refused(() -> admin.as("system:oikos:dashboard", "system:authenticated").list(OneTime.ONE_TIME_PASSWORDS, "home"));
        refused(() -> admin.as("system:oikos:dashboard", "system:authenticated").post(OneTime.SERVED, new ObjectKey("home", "front-door"), "verify",
                JsonObject.of("code", "123456")));
        var secret = JsonObject.of("apiVersion", "v1", "kind", "Secret", "metadata", JsonObject.of("name", "x", "namespace", "default"));
        refused(() -> admin.as("system:oikos:workloads", "system:authenticated").create(Resources.SECRETS, secret));
    }

    private static void refused(Executable overreach) {
        assertEquals(403, assertThrows(ApiException.class, overreach).code());
    }
}
