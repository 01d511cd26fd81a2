package home.oikos.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.host.Command;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// One command, and a home is alive; another beside it; and nothing is left when they are down.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoHomeTest {
    private static final Set<String> DEVICES = Set.of("kitchen-light", "living-light", "porch-light", "water-valve", "leak-sensor", "flow-meter", "fridge",
            "dishwasher", "fermenter", "vapour-sensor", "fermenter-heater", "fermenter-cooler", "brewery-fan", "fermenter-stirrer", "vapour-readers",
            "front-door-lock");
    private static Machine machine;
    private static Home home;
    private static String said;

    @BeforeAll
    static void bringUp() throws Exception {
        machine = Machine.create();
        home = Home.onLoopback(machine);
        said = home.up("--demo");
    }

    @AfterAll
    static void takeDown() throws Exception {
        try (var _ = machine; var _ = home) { }
    }

    @Test
    @Order(1)
    void upTellsTheSecondsOfEveryStepAndWhatToTry() {
        for (var step : List.of("api", "containers", "image", "home")) {
            assertTrue(said.lines().anyMatch(line -> line.matches(" +" + step + " .* +\\d+ s")), "no line of " + step + " in\n" + said);
        }
        for (var word : List.of("https://127.0.0.1:" + home.port() + "/#", "export KUBECONFIG=" + home.data().resolve("kubeconfig"), "recovery", "try ")) {
            assertTrue(said.contains(word), "no " + word + " in\n" + said);
        }
    }

    @Test
    @Order(2)
    void kubectlSeesNodesPodsAndDevices() {
        assertEquals("True", home.field("{.items[*].status.conditions[?(@.type==\"Ready\")].status}", "nodes"));
        assertEquals("media Running", home.field("{.items[0].metadata.labels.app} {.items[0].status.phase}", "-n", "media", "pods"));
        assertEquals(DEVICES, Set.of(home.field("{.items[*].metadata.name}", "-n", "home", "devices").split(" ")));
        Eventually.becomes("every device is in sync", Set.of("True"), () -> new HashSet<>(List.of(
                home.field("{.items[*].status.conditions[?(@.type==\"InSync\")].status}", "-n", "home", "devices").split(" "))));
        assertTrue(home.kubectl("get", "home", "-n", "home").run().text().contains("water-valve"), "kubectl get home shows the home's kinds");
    }

    @Test
    @Order(3)
    void theMediaPageAnswersThroughItsServiceFromTheHostAndFromAPod() {
        var address = home.field("{.spec.clusterIP}", "-n", "media", "service", "media");
        Eventually.passes("from the host", () -> assertTrue(home.curl("http://" + address + "/").contains("media server of this home")));
        Eventually.passes("from a pod, by name", () -> assertTrue(home.kubectl("-n", "brewery", "exec", "deploy/vapour-readers", "--",
                "curl", "-sS", "-m", "5", "http://media.media.svc.cluster.local/").run().text().contains("media server of this home")));
    }

    @Test
    @Order(4)
    void aPodUsesTheApiWithItsOwnAccount() {
        Eventually.passes("the readers read", () -> assertTrue(home.kubectl("-n", "brewery", "logs", "deploy/vapour-readers").run().text()
                .contains("ethanol")));
    }

    @Test
    @Order(4)
    void aPodLetsInWhoShowsACodeThatTheHomeAccepts() {
        home.oikos("image", "build", "localhost/guarded:1", "--package", "nginx-light", "--package", "busybox-static").run();
        home.oikos("apply", "-f", Path.of("../blueprints/guarded.yaml").toAbsolutePath().toString()).run();
        var page = "http://" + home.field("{.spec.clusterIP}", "-n", "home", "service", "guarded");
        Eventually.passes("it asks", () -> assertTrue(guarded(page + "/").startsWith("HTTP/1.1 403") && guarded(page + "/").contains("A code, please")));
        var secret = home.oikos("otp", "enrol", "front-door").run().text().replaceAll("(?s).*secret=([A-Z2-7]+).*", "$1");
        var code = Command.of("oathtool", "--totp", "--base32", secret).run().text().strip();
        assertTrue(guarded(page + "/enter?code=").startsWith("HTTP/1.1 303"), "nothing is no guess");
        var entered = guarded(page + "/enter?code=" + code);
        assertTrue(entered.startsWith("HTTP/1.1 303"), entered);
        var session = entered.replaceAll("(?s).*Set-Cookie: (session=[0-9a-f]{32});.*", "$1");
        for (int i = 0; i < 3; i++) assertTrue(guarded(page + "/", "--cookie", session).contains("Only for who has a code"));
        assertTrue(guarded(page + "/enter?code=" + code).startsWith("HTTP/1.1 403"), "a code is good once");
        assertTrue(guarded(page + "/", "--cookie", "session=" + "0".repeat(32)).startsWith("HTTP/1.1 403"));
        assertTrue(guarded(page + "/", "--cookie", "session=none").startsWith("HTTP/1.1 403"));
        home.kubectl("-n", "home", "delete", "deployment", "guarded").run();
        Eventually.becomes("its pod is gone", "", () -> home.field("{.items[*].metadata.name}", "-n", "home", "pods", "-l", "app=guarded"));
    }

    /// Status, headers and body, whatever they are.
    private static String guarded(String... words) {
        return machine.command("curl", "-sS", "-i", "--noproxy", "*", "-m", "10").with(words).run().text();
    }

    @Test
    @Order(5)
    void aSecondHomeBesideItDisturbsNeitherAndLeavesNothing() throws Exception {
        var pods = podsAndRestarts(home);
        try (var second = Home.onLoopback(machine)) {
            second.up("--demo");
            var address = second.field("{.spec.clusterIP}", "-n", "media", "service", "media");
            Eventually.passes("the second's page", () -> assertTrue(second.curl("http://" + address + "/").contains("media server of this home")));
            second.set("kitchen-light", "on", true);
            Eventually.becomes("the second's light is on", true, () -> second.isOn("kitchen-light", "on"));
            assertEquals(false, home.isOn("kitchen-light", "on"), "the first home's light is another one");
            second.down();
            assertEquals(List.of(), second.remains());
        }
        assertEquals(pods, podsAndRestarts(home));
        theMediaPageAnswersThroughItsServiceFromTheHostAndFromAPod();
    }

    private static String podsAndRestarts(Home home) {
        return home.field("{range .items[*]}{.metadata.uid} {.status.containerStatuses[*].containerID} "
                + "{.status.containerStatuses[*].restartCount}{\"\\n\"}{end}", "pods", "-A");
    }

    @Test
    @Order(6)
    void upOfAHomeThatRunsIsRefused() {
        var again = home.tryUp("--demo");
        assertEquals(1, again.status());
        assertTrue(again.err().contains("runs already"), again.err());
    }

    @Test
    @Order(7)
    void downLeavesNothingButTheDataAndUpBringsTheSameHomeBack() throws Exception {
        var before = home.field("{.items[*].metadata.uid}", "-n", "home", "devices");
        home.down();
        assertEquals(List.of(), home.remains());
        assertEquals(List.of(), machine.nftables());
        home.up();
        assertEquals(before, home.field("{.items[*].metadata.uid}", "-n", "home", "devices"));
        theMediaPageAnswersThroughItsServiceFromTheHostAndFromAPod();
    }
}
