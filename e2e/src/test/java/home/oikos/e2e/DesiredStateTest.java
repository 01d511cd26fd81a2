package home.oikos.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.host.Command;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What is wanted of a device becomes so, whatever hands and radios do; and a dice that breaks breaks nothing else.
class DesiredStateTest {
    private static Machine machine;
    private static Home home;

    @BeforeAll
    static void bringUp() throws Exception {
        machine = Machine.create();
        home = Home.on(machine);
        home.up("--demo", "--no-containers");
    }

    @AfterAll
    static void takeDown() throws Exception {
        try (var _ = machine; var _ = home) { }
    }

    @Test
    void aPatchedLightIsSwitched() {
        home.set("kitchen-light", "on", true);
        home.set("kitchen-light", "brightness", 40);
        Eventually.becomes("the kitchen light is on", true, () -> home.isOn("kitchen-light", "on"));
        Eventually.becomes("at 40 percent", 40, () -> home.truth("kitchen-light", "brightness").integer(-1));
        Eventually.becomes("and says so", "True", () -> home.condition("kitchen-light", "InSync"));
        home.set("kitchen-light", "on", false);
        Eventually.becomes("the kitchen light is off", false, () -> home.isOn("kitchen-light", "on"));
    }

    @Test
    void aLightSwitchedByHandIsSetBack() {
        home.set("living-light", "on", true);
        Eventually.becomes("the living light is on", true, () -> home.isOn("living-light", "on"));
        Eventually.becomes("and in sync", "True", () -> home.condition("living-light", "InSync"));
        home.hand("living-light", "on", false);
        Eventually.becomes("the living light is on again", true, () -> home.isOn("living-light", "on"));
        Eventually.becomes("and in sync again", "True", () -> home.condition("living-light", "InSync"));
    }

    @Test
    void whatTheScriptCallsAHandOnTheSwitchIsSetBackToo() {
        home.oikos("set", "porch-light", "on=true").run();
        Eventually.becomes("the porch light is on", true, () -> home.isOn("porch-light", "on"));
        Eventually.becomes("and in sync", "True", () -> home.condition("porch-light", "InSync"));
        home.oikos("simulate", "house", "--hand", "porch-light", "on=false").run();
        Eventually.becomes("the porch light is on again", true, () -> home.isOn("porch-light", "on"));
    }

    private static String dice(String field) {
        return home.field("{.status." + field + "}", "-n", "home", "entropysource", "dice");
    }

    private static String secret(String name) {
        return home.field("{.data.password}", "-n", "home", "secret", name);
    }

    private static void generate(String name) {
        home.kubectl("-n", "home", "create", "secret", "generic", name).run();
        home.kubectl("-n", "home", "annotate", "secret", name, "oikos.home/generate=password").run();
        Eventually.passes("the Secret " + name + " is filled", () -> assertTrue(secret(name).length() > 20));
    }

    @Test
    void aStuckDiceFailsAndTellsSecretsAreMadeAllTheSameAndMendedOrPluggedInItIsHealthyByItsOwnTest() throws Exception {
        Eventually.becomes("the dice is healthy", "Healthy", () -> dice("state"));
        home.fault("dice", "stuck");
        Eventually.becomes("it has failed", "Failed", () -> dice("state"));
        assertEquals("Stuck", dice("lastFailure.reason"));
        assertEquals("41 times the same sample in a row; 40 are allowed", dice("lastFailure.message"), "two cutoffs of H=0.75 were enough");
        Eventually.passes("an event tells the owner", () -> assertTrue(home.field("{.items[?(@.reason==\"Stuck\")].message}", "-n", "home", "events")
                .contains("no weaker than without it")));
        generate("made-without");
        assertTrue(home.oikos("entropy", "status", "dice").run().text().contains("dice: failed"));
        home.mend("dice");
        Eventually.becomes("it is healthy again", "Healthy", () -> dice("state"));
        home.fault("dice", "drop-off");
        Eventually.becomes("it is away", "Failed", () -> dice("state"));
        home.mend("dice");
        Eventually.becomes("it is healthy again", "Healthy", () -> dice("state"));
        generate("made-with");
        assertNotEquals(secret("made-with"), secret("made-without"));
        var file = home.data().resolve("raw");
        home.oikos("entropy", "capture", "dice", "--samples", "200000", "--out", file.toString()).run();
        assertEquals(200_000, Files.size(file));
        var assessed = home.oikos("entropy", "assess", "dice", file.toString()).run().text();
        assertTrue(assessed.contains("mostCommonValue 0.9") && assessed.contains("Declared 0.750"), assessed);
        var given = home.kubectl("get", "--raw", "/apis/gateway.oikos.home/v1alpha1/namespaces/home/entropysources/dice/random?bytes=4096").run();
        assertEquals(4_096, given.out().length);
    }

    private static Command.Output shows(String code) {
        return home.oikos("otp", "verify", "front-door", code).tryRun();
    }

    @Test
    void aCodeOfThePhoneIsAcceptedOnceAndNotAgainAfterAKillAndPaperHelpsWhenThePhoneIsLost() {
        var shown = home.oikos("otp", "enrol", "front-door").run().text();
        var secret = shown.replaceAll("(?s).*secret=([A-Z2-7]+)&.*", "$1");
        var again = home.oikos("otp", "enrol", "front-door").tryRun();
        assertTrue(again.status() == 1 && again.err().contains("is not shown again"), again.err());
        var code = Command.of("oathtool", "--totp", "--base32", secret).run().text().strip();
        assertEquals("accepted: this code is good, once\n", shows(code).text());
        home.kill("serve");
        Eventually.becomes("the home is back", true, home::answers);
        Eventually.passes("the code was used, also before the kill", () -> {
            var second = shows(code);
            assertEquals(1, second.status());
            assertTrue(second.text().contains("used already"), second.text() + second.err());
        });
        var paper = shown.lines().map(String::strip).filter(line -> line.matches("([a-z2-9]{4}-){3}[a-z2-9]{4}")).toList();
        assertEquals(8, paper.size(), shown);
        assertEquals(0, shows(paper.getFirst()).status());
        assertEquals(1, shows(paper.getFirst()).status());
        assertEquals("1", home.field("{.status.failures}", "-n", "home", "onetimepassword", "front-door"));
        assertTrue(home.field("{.items[?(@.reason==\"Recovered\")].message}", "-n", "home", "events").contains("a recovery code of front-door"));
    }

    @Test
    void aDeviceThatWasAwayConvergesOnItsReturn() {
        home.fault("fridge", "drop-off");
        Eventually.becomes("the fridge is away", "False", () -> home.condition("fridge", "Online"));
        home.set("fridge", "target", 6);
        Eventually.becomes("what is wanted cannot be so", "False", () -> home.condition("fridge", "InSync"));
        home.mend("fridge");
        Eventually.becomes("the fridge is told again", 6.0, () -> home.truth("fridge", "target").decimal(-1));
        Eventually.becomes("and in sync", "True", () -> home.condition("fridge", "InSync"));
    }
}
