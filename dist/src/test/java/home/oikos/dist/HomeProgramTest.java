package home.oikos.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.cli.Cli;
import home.oikos.cli.Home;
import home.oikos.cli.Screen;
import home.oikos.client.ApiClient;
import home.oikos.client.Call;
import home.oikos.client.Config;
import home.oikos.client.DeleteOptions;
import home.oikos.client.NetworkTransport;
import home.oikos.client.Patch;
import home.oikos.client.Resource;
import home.oikos.client.Resources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The two-mode claim: `oikos home` as a process of its own, with the rights of its ServiceAccount alone, against an Oikos that loads no home
/// controllers. The tests share one home and leave it as they need it, not as they found it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HomeProgramTest {
    /// Kinds and the page's accounts are offered first, and were made by the administrator; the others are what a test tries.
    private static final Set<String> EXPECTED_REFUSALS = Set.of("patch customresourcedefinitions", "patch namespaces", "delete deployments",
            "patch devices", "create validatingwebhookconfigurations");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectKey LEASE = new ObjectKey("oikos-system", "oikos-home");

    @TempDir
    static Path folder;
    private OtherApi api;
    private Path kubeconfig;
    private HomeProcess home;

    @BeforeAll
    void start() throws Exception {
        api = OtherApi.start(folder.resolve("api"));
        kubeconfig = api.kubeconfigOfAccount();
        api.houseAccount();
        api.blueprint("house");
        api.blueprint("brewery");
        api.blueprint("dice");
        home = startHome();
        until("kitchen-light", device -> OtherApi.isTrue(device, "Online"));
    }

    @AfterAll
    void stop() throws Exception {
        if (home != null) home.close();
        if (api != null) api.close();
    }

    private HomeProcess startHome() throws IOException {
        return HomeProcess.start(folder.resolve("home"), kubeconfig, Ports.free(17_444), "--demo");
    }

    private static ObjectKey device(String name) {
        return new ObjectKey("home", name);
    }

    private Json until(String device, java.util.function.Predicate<Json> expected) throws Exception {
        return new Watching(api.admin()).until(OtherApi.DEVICES, device(device), expected);
    }

    /// While no copy answers, nothing new is wanted of devices (failurePolicy Fail), so whoever asks then asks again.
    private void want(String device, String property, boolean value) throws InterruptedException {
        var wish = Patch.merge("spec", JsonObject.of("desired", JsonObject.of(property, value)));
        for (long end = System.nanoTime() + PATIENCE.toNanos(); ; Thread.sleep(50)) {
            try {
                api.admin().patch(OtherApi.DEVICES, device(device), wish);
                return;
            } catch (ApiException refused) {
                if (!refused.getMessage().contains("failed calling webhook") || System.nanoTime() > end) throw refused;
            }
        }
    }

    /// @return whether it was refused by the interlock
    private boolean isRefused(String device, String property) throws InterruptedException {
        try {
            want(device, property, true);
            return false;
        } catch (ApiException refused) {
            assertTrue(refused.getMessage().contains("heater-xor-cooler"), refused.getMessage());
            return true;
        }
    }

    private static boolean says(Json device, String property, boolean value) {
        return device.at("status", "reported", property, "value").equals(Json.of(value));
    }

    @Test
    void lightFollowsWhatIsWantedAndAHandOnItsSwitchIsSetBack() throws Exception {
        want("kitchen-light", "on", true);
        until("kitchen-light", light -> says(light, "on", true) && OtherApi.isTrue(light, "InSync"));
        assertTrue(home.truth("kitchen-light", "on").bool(false));
        home.house(JsonObject.of("hand", "kitchen-light", "property", "on", "value", false));
        until("kitchen-light", light -> light.at("status", "drift", "found").equals(Json.of(false)) && says(light, "on", true));
        assertTrue(home.truth("kitchen-light", "on").bool(false));
    }

    @Test
    void aSecretIsFilledAndADiceIsFollowedWithTheRightsOfTheAccount() throws Exception {
        var watching = new Watching(api.admin());
        watching.until(Resources.SECRETS, device("guest-wifi"), secret -> secret.at("data", "password").isPresent());
        // Another home's dice may speak there, or nobody: either way its state is told.
        watching.until(Entropy.SOURCES, device("dice"), dice -> dice.at("status", "state").isPresent());
    }

    @Test
    void leakShutsTheValveThoughTheHomeIsKilledBetweenReadingAndCommand() throws Exception {
        want("water-valve", "open", true);
        until("water-valve", valve -> says(valve, "open", true));
        home.house(JsonObject.of("fault", "leak-sensor", "kind", "wet"));
        home.kill();
        home = startHome();
        until("water-valve", valve -> says(valve, "open", false) && OtherApi.isTrue(valve, "InSync"));
        assertFalse(home.truth("water-valve", "open").bool(true));
    }

    @Test
    void heaterAndCoolerAreNeverOnTogetherForTheApiServerAsksFirst() throws Exception {
        want("fermenter-cooler", "on", false);
        for (int round = 0; round < 20; round++) {
            isRefused("fermenter-heater", "on");
            isRefused("fermenter-cooler", "on");
            boolean both = home.truth("fermenter-heater", "on").bool(false) && home.truth("fermenter-cooler", "on").bool(false);
            assertFalse(both, "both are on in round " + round);
            want(round % 2 == 0 ? "fermenter-heater" : "fermenter-cooler", "on", false);
        }
        want("fermenter-cooler", "on", false);
        want("fermenter-heater", "on", true);
        assertTrue(isRefused("fermenter-cooler", "on"));
        until("fermenter-heater", heater -> says(heater, "on", true) || !OtherApi.isTrue(heater, "InSync"));
        assertFalse(home.truth("fermenter-heater", "on").bool(false) && home.truth("fermenter-cooler", "on").bool(false));
    }

    @Test
    void webhookIsRegisteredAndRefusesWhatAnInterlockForbids() throws Exception {
        var webhook = webhookOf(home);
        assertEquals("Fail", webhook.at("failurePolicy").text(""));
        want("fermenter-cooler", "on", false);
        want("fermenter-heater", "on", true);
        until("fermenter-heater", heater -> heater.at("metadata", "generation").equals(heater.at("status", "observedGeneration")));
        var cooler = api.admin().get(OtherApi.DEVICES, device("fermenter-cooler")).object();
        var answer = review(webhook.at("clientConfig"), cooler, cooler.withAt(true, "spec", "desired", "on"));
        assertFalse(answer.at("response", "allowed").bool(true));
        assertTrue(answer.at("response", "status", "message").text("").contains("heater-xor-cooler"), answer.toString());
        assertTrue(review(webhook.at("clientConfig"), cooler, cooler).at("response", "allowed").bool(false));
    }

    /// What a copy registers last when it leads.
    private Json webhookOf(HomeProcess copy) throws Exception {
        var registered = new Watching(api.admin()).until(AdmissionWebhook.RESOURCE, ObjectKey.clusterScoped("oikos-home"),
                found -> found.at("webhooks").array().stream().anyMatch(each -> each.at("clientConfig", "url").text("").contains(":" + copy.page() + "/")));
        return registered.at("webhooks").array().elements().getFirst();
    }

    private static Json review(Json clientConfig, JsonObject before, JsonObject after) throws Exception {
        var request = JsonObject.of("uid", "1", "kind", JsonObject.of("group", "oikos.home", "version", "v1alpha1", "kind", "Device"),
                "resource", JsonObject.of("group", "oikos.home", "version", "v1alpha1", "resource", "devices"), "operation", "UPDATE",
                "namespace", "home", "name", "fermenter-cooler", "object", after, "oldObject", before);
        var body = JsonObject.of("apiVersion", "admission.k8s.io/v1", "kind", "AdmissionReview", "request", request).bytes();
        var url = URI.create(clientConfig.at("url").text(""));
        var ca = new String(Base64.getDecoder().decode(clientConfig.at("caBundle").text("")), StandardCharsets.US_ASCII);
        try (var asking = new NetworkTransport(stranger(url, ca))) {
            return Json.parse(asking.exchange(new Call("POST", url.getPath(), Map.of("Content-Type", "application/json"), body)).body());
        }
    }

    private static Config stranger(URI server, String ca) {
        return new Config(URI.create("https://" + server.getAuthority()), "", new Config.Tls(Optional.of(ca), Optional.empty(), false),
                new Config.Credentials.None());
    }

    @Test
    void pageOpensByALinkAndForwardsAsItsVisitor() throws Exception {
        var link = login();
        var secret = link.substring(link.indexOf('#') + 1);
        var ca = Files.readString(home.data().resolve("ca.crt"));
        var origin = "https://127.0.0.1:" + home.page();
        try (var browser = new NetworkTransport(stranger(URI.create(origin), ca))) {
            var opened = browser.exchange(new Call("POST", "/page/login", Map.of("Content-Type", "application/json", "Origin", origin),
                    JsonObject.of("link", secret).bytes()));
            assertEquals(201, opened.status(), new String(opened.body(), StandardCharsets.UTF_8));
            var cookie = opened.header("set-cookie").orElseThrow().replaceAll(";.*", "");
            var devices = browser.exchange(Call.of("GET", "/apis/oikos.home/v1alpha1/namespaces/home/devices").header("Cookie", cookie));
            assertEquals(200, devices.status(), new String(devices.body(), StandardCharsets.UTF_8));
            assertEquals(403, browser.exchange(Call.of("GET", "/apis/oikos.home/v1alpha1/namespaces/home/devices")).status());
        }
    }

    private String login() {
        var out = new ByteArrayOutputStream();
        var screen = new Screen(new PrintStream(out, true, StandardCharsets.UTF_8), System.err, InputStream.nullInputStream());
        var clock = Clock.systemUTC();
        var cli = new Cli(screen, clock, Map.of("login", new Login(new Home(clock), screen)));
        assertEquals(0, cli.run("login", List.of("--data", home.data().toString(), "--kubeconfig", kubeconfig.toString())));
        return out.toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
    }

    @Test
    void secondCopyWaitsUntilTheFirstGivesWay() throws Exception {
        var first = new Watching(api.admin()).until(Resources.LEASES, LEASE, lease -> !holder(lease).isEmpty());
        try (var second = HomeProcess.start(folder.resolve("second"), kubeconfig, Ports.free(17_500))) {
            assertEquals(holder(first), holder(api.admin().get(Resources.LEASES, LEASE)));
            home.close();
            new Watching(api.admin()).until(Resources.LEASES, LEASE, lease -> !holder(lease).isEmpty() && !holder(lease).equals(holder(first)));
            webhookOf(second);
        } finally {
            home = startHome();
        }
    }

    private static String holder(Json lease) {
        return lease.at("spec", "holderIdentity").text("");
    }

    @Test
    void accountMayDoNothingItDoesNotNeed() throws Exception {
        try (var transport = new NetworkTransport(OtherApi.config(kubeconfig))) {
            var account = new ApiClient(transport);
            assertFalse(account.list(OtherApi.DEVICES, "").isEmpty());
            refused(() -> account.delete(Resources.DEPLOYMENTS, new ObjectKey("brewery", "vapour-readers"), DeleteOptions.DEFAULT));
            refused(() -> account.list(Resources.SECRETS, ""));
            refused(() -> account.list(Resources.SECRETS, "brewery"));
            refused(() -> account.list(Resources.PODS, "home"));
            refused(() -> account.patch(OtherApi.DEVICES, device("kitchen-light"), Patch.merge("spec", JsonObject.of("room", "attic"))));
            refused(() -> account.asServiceAccount(new ObjectKey("kube-system", "generic-garbage-collector")).list(Resources.PODS, ""));
            refused(() -> account.create(AdmissionWebhook.RESOURCE, AdmissionWebhook.of("https://127.0.0.1/", "").withAt("other", "metadata", "name")));
            refused(() -> account.list(Resource.clusterScoped("rbac.authorization.k8s.io/v1", "clusterroles", "ClusterRole"), ""));
        }
    }

    private static void refused(org.junit.jupiter.api.function.Executable overreach) {
        assertEquals(403, assertThrows(ApiException.class, overreach).code());
    }

    /// Of writes the audit log knows; a watch that is refused is a feature that does not work, which the other tests would see.
    @Test
    void nothingItNeedsIsForbidden() throws IOException {
        assertFalse(home.story().contains("orbidden"), home.story());
        try (var files = Files.list(ApiOptions.audit(api.data()))) {
            for (var file : files.toList()) Files.readAllLines(file).stream().map(Json::parse).filter(HomeProgramTest::isRefusedToAccount)
                    .forEach(event -> assertTrue(EXPECTED_REFUSALS.contains(action(event)), event.toString()));
        }
    }

    private static boolean isRefusedToAccount(Json event) {
        return event.at("user", "username").text("").equals("system:serviceaccount:oikos-system:oikos-home")
                && event.at("responseStatus", "code").integer(0) == 403;
    }

    private static String action(Json event) {
        return event.at("verb").text("") + " " + event.at("objectRef", "resource").text("");
    }
}
