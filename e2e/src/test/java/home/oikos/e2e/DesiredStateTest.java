package home.oikos.e2e;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What is wanted of a device becomes so, whatever hands and radios do.
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
