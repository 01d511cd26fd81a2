package home.oikos.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A batch stalls in a running home: it is found, the yeast scripts are rolled, they rouse the yeast, it moves on, and all is as before.
/// Oikos is killed before, between and after the steps and repeats none; that it is so between any two writes is tested in module brewery. A day of this
/// beer is half a minute, and it is patient with its steps for a quarter of that.
class StalledBatchTest {
    private static final int TIME_SCALE = 2_880;
    /// The simulated beer lives 720 times as fast as the house; the house goes so much faster than the clock.
    private static final double HOUSE_SPEED = TIME_SCALE / 720.0;
    private static final int SIX_HOURS = 21_600;
    private static final JsonObject ROUSE = JsonObject.of("patch", JsonObject.of(
            "targetRef", JsonObject.of("apiVersion", "apps/v1", "kind", "Deployment", "name", "brewery/yeast"),
            "fields", JsonObject.of("spec", JsonObject.of("template", JsonObject.of("metadata", JsonObject.of("annotations",
                    JsonObject.of("brewery/mode", "rouse")))))));
    private static Machine machine;
    private static Home home;

    @BeforeAll
    static void bringUp() throws Exception {
        machine = Machine.create();
        home = Home.on(machine);
        home.up("--demo");
    }

    @AfterAll
    static void takeDown() throws Exception {
        try (var _ = machine; var _ = home) { }
    }

    private static String batch(String jsonpath) {
        return home.field(jsonpath, "-n", "home", "fermentation", "pale-ale");
    }

    private static String phase() {
        return batch("{.status.phase}");
    }

    private static List<String> diary(String reason) {
        return Arrays.stream(batch("{range .status.diary[?(@.reason==\"" + reason + "\")]}{.text}{\"\\n\"}{end}").split("\n"))
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static String yeast(String jsonpath) {
        return home.field(jsonpath, "-n", "brewery", "deployment", "yeast");
    }

    private static String mode() {
        return yeast("{.spec.template.metadata.annotations.brewery/mode}");
    }

    private static Set<String> yeastPods() {
        return new HashSet<>(List.of(home.field("{.items[*].metadata.uid}", "-n", "brewery", "pods", "-l", "app=yeast").split(" ")));
    }

    private static String yeastSays() {
        return home.kubectl("-n", "brewery", "logs", "deploy/yeast").tryRun().text();
    }

    @Test
    void aStallIsFoundThePatchIsRolledOutItMovesOnAndThePatchIsUndone() {
        var before = yeastPods();
        long written = Long.parseLong(yeast("{.metadata.generation}"));
        Eventually.passes("the yeast scripts rest", () -> assertTrue(yeastSays().contains("yeast script: rest"), yeastSays()));
        home.ask(JsonObject.of("speed", HOUSE_SPEED));
        // Half of what is expected is gone when the yeast falls asleep.
        home.hand("fermenter", "gravity", 1.030);
        home.fault("fermenter", "stalled");
        home.kubectl("-n", "home", "patch", "fermentation", "pale-ale", "--type=merge", "-p",
                JsonObject.of("spec", JsonObject.of("timeScale", TIME_SCALE,
                "pitchTime", Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                "stall", JsonObject.of("holdSeconds", 43_200),
                "onStall", JsonObject.of("steps", List.of(JsonObject.of("warm", JsonObject.of("byCelsius", "1"), "waitSeconds", SIX_HOURS), ROUSE)),
                "profile", List.of(JsonObject.of("name", "primary", "type", "Hold", "celsius", "19")))).toString()).run();
        Eventually.passes("the stall is found", () ->
                assertEquals(1, diary("Stalled").stream().filter(line -> line.startsWith("stall 1")).count()));
        killed();
        Eventually.passes("it is warmed", () ->
                assertEquals("20.0", home.field("{.spec.control.target}", "-n", "home", "device", "fermenter")));
        // Who writes the brewery's file again does not dispute what the batch has set.
        home.oikos("apply", "-f", Path.of("../blueprints/brewery.yaml").toAbsolutePath().toString()).run();
        assertEquals("20.0", home.field("{.spec.control.target}", "-n", "home", "device", "fermenter"));
        killed();
        Eventually.becomes("the yeast scripts are told to rouse", "rouse", StalledBatchTest::mode);
        killed();
        Eventually.passes("the yeast scripts are rolled", () -> {
            assertEquals("rouse", mode());
            var now = yeastPods();
            assertEquals(1, now.size());
            assertFalse(before.containsAll(now), "a real container was replaced");
            assertTrue(yeastSays().contains("yeast script: rouse"), yeastSays());
        });
        Eventually.becomes("it begins to take back what was done", "rest", StalledBatchTest::mode);
        killed();
        Eventually.passes("it moves on and what was done is taken back", () -> {
            assertEquals("Active", phase());
            assertEquals("rest", mode());
            assertEquals("19.0", home.field("{.spec.control.target}", "-n", "home", "device", "fermenter"));
        });
        Eventually.passes("the yeast scripts rest", () -> assertTrue(yeastSays().contains("yeast script: rest"), yeastSays()));
        assertEquals(2, diary("StepDone").size(), "each step once: " + diary("StepDone"));
        assertEquals(1, diary("Undone").size(), "undone once: " + diary("Undone"));
        assertEquals("1", batch("{.status.stall.number}"));
        assertEquals(written + 2, Long.parseLong(yeast("{.metadata.generation}")), "patched once and taken back once");
        for (var line : diary("StepDone")) {
            var told = home.field("{.items[?(@.reason==\"StepDone\")].message}", "-n", "home", "events");
            assertEquals(told.indexOf(line), told.lastIndexOf(line), "told once: " + line);
            assertTrue(told.contains(line), line);
        }
    }

    @Test
    void theBatchIsReadAndSavedFromTheCommandLine() {
        Eventually.passes("its diary", () -> assertTrue(home.oikos("brew", "log", "pale-ale").run().text().contains("the yeast is in")));
        Eventually.passes("its table", () -> {
            var csv = home.oikos("brew", "export", "pale-ale").run().text();
            assertTrue(csv.startsWith("date_time,gravity_sg,temperature_c,phase,comment\r\n"), csv);
            assertTrue(csv.lines().anyMatch(line -> line.matches("20\\d\\d-.*Z,1\\.0\\d+,,,|20\\d\\d-.*Z,1\\.0\\d+,\\d+\\.\\d+,,")), csv);
        });
    }

    /// kill -9, and wait until its successor answers.
    private static void killed() {
        home.kill("serve");
        Eventually.becomes("the home is back", true, home::answers);
    }
}
