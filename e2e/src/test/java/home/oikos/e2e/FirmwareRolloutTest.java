package home.oikos.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The dishwasher of a running home gets its firmware by a rollout, and goes back by itself when the next one lets water flow. Oikos is killed while the
/// device is at it, and nothing is done twice; that it is so between any two writes is tested in module rollout.
class FirmwareRolloutTest {
    private static final Duration THREE_MINUTES = Duration.ofMinutes(3);
    /// Found sooner than in the demo, so that the test need not wait.
    private static final JsonObject FLOODS = JsonObject.of("firmwareName", "dishwasher-2-2-0", "health", JsonArray.of(JsonObject.of("name", "no-flow",
            "expression", "self.running || device(\"flow-meter\").flow < 1.0", "message", "water flows although it does not run", "failureSeconds", 5)));
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

    private static String rollout(String jsonpath) {
        return home.field(jsonpath, "-n", "home", "firmwarerollout", "appliances");
    }

    private static String firmware(String field) {
        return home.field("{.status.firmware." + field + "}", "-n", "home", "device", "dishwasher");
    }

    @Test
    void aGoodFirmwareStaysAndOneThatFloodsGoesBack() {
        Eventually.passes("the first rollout is complete", THREE_MINUTES, () -> assertEquals("Complete", rollout("{.status.phase}")));
        assertEquals("2.1.0 1", firmware("version") + " " + firmware("actionId"), "one update");
        assertEquals("True", rollout("{.status.conditions[?(@.type==\"Complete\")].status}"));
        home.kubectl("-n", "home", "patch", "firmwarerollout", "appliances", "--type=merge", "-p", JsonObject.of("spec", FLOODS).toString()).run();
        Eventually.passes("the dishwasher is at it", () -> assertTrue(firmware("phase").matches("Downloading|Installing|AwaitingReport")
                || firmware("version").equals("2.2.0"), firmware("phase")));
        home.kill("serve");
        Eventually.becomes("the home is back", true, home::answers);
        Eventually.passes("it is found and sent back", THREE_MINUTES, () -> assertEquals("RolledBack", rollout("{.status.phase}")));
        assertEquals("2.1.0 3", firmware("version") + " " + firmware("actionId"), "there and back, each once");
        assertTrue(rollout("{.status.failure}").contains("water flows"), rollout("{.status}"));
        assertEquals("Complete RolledBack", rollout("{.status.history[*].outcome}"));
        var told = home.oikos("rollout", "status", "firmwarerollout/appliances").run().text();
        assertTrue(told.startsWith("RolledBack, revision 2, dishwasher-2-2-0"), told);
        assertEquals("Paused", home.field("{.status.phase}", "-n", "home", "firmwarerollout", "lights"), "this one waits for a person");
    }
}
