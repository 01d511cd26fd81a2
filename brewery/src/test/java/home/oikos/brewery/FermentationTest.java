package home.oikos.brewery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.Resources;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FermentationTest {
    private static final Duration HALF_DAY = Duration.ofHours(12);
    private final BrewWorld world = new BrewWorld();

    /// What was asked for while it was stalled.
    private String highest;

    @AfterEach void nothingFailed() {
        assertEquals(List.of(), world.failures);
    }

    private static JsonObject onStall() {
        var yeast = JsonObject.of("apiVersion", "apps/v1", "kind", "Deployment", "name", "yeast");
        return JsonObject.of("steps", JsonArray.of(JsonObject.of("warm", JsonObject.of("byCelsius", "1"), "waitSeconds", 3_600),
                JsonObject.of("patch", JsonObject.of("targetRef", yeast, "fields", JsonObject.of("spec", JsonObject.of("mode", "rouse"))),
                        "waitSeconds", 3_600),
                JsonObject.of("job", JsonObject.of("template", JsonObject.of("spec", JsonObject.EMPTY)), "waitSeconds", 0),
                JsonObject.of("ask", JsonObject.of("message", "Look into the vessel."))), "undo", JsonObject.of("afterSeconds", 7_200));
    }

    private BrewWorld.Falling stalled() {
        world.create(Resources.DEPLOYMENTS, "yeast", JsonObject.of("spec", JsonObject.of("mode", "rest")));
        world.batch(BrewWorld.spec("onStall", onStall()));
        var vat = world.new Falling(50, 0);
        world.passes(HALF_DAY, vat);
        vat.perDay = 12;
        world.passes(Duration.ofHours(40), vat);
        vat.perDay = 0;
        world.passes(Duration.ofHours(34), vat);
        return vat;
    }

    private String mode() {
        return world.client.get(Resources.DEPLOYMENTS, new ObjectKey("home", "yeast")).at("spec", "mode").text("");
    }

    @Test void aBatchGoesThroughItsPhases() {
        world.batch(BrewWorld.spec());
        var vat = world.new Falling(50, 0);
        world.passes(HALF_DAY, vat);
        assertEquals("Lag", world.phase());
        vat.perDay = 14;
        world.passes(Duration.ofHours(60), vat);
        assertEquals("Active", world.phase());
        assertEquals(1.015, Double.parseDouble(world.status().at("gravity", "value").text("")), 0.0005);
        assertTrue(world.status().at("slope", "value").text("").startsWith("-1"), world.status().toString());
        world.passes(Duration.ofHours(8), vat);
        vat.perDay = 0;
        world.passes(Duration.ofHours(40), vat);
        assertEquals("Conditioning", world.phase());
        world.passes(Duration.ofHours(60), vat);
        assertEquals("Done", world.phase());
        assertEquals(List.of("Unknown", "Lag", "Active", "Conditioning", "Done"),
                world.status().at("phases").array().stream().map(each -> each.at("phase").text("")).toList());
    }

    @Test void theVesselIsAskedForTheTemperatureOfTheStep() {
        world.batch(BrewWorld.spec("profile",
                JsonArray.of(JsonObject.of("name", "primary", "type", "Hold", "celsius", "18.5", "untilAttenuationPercent", 50),
                JsonObject.of("name", "rise", "type", "Ramp", "celsius", "20.5", "durationSeconds", 172_800),
                JsonObject.of("name", "crash", "type", "ColdCrash", "celsius", "3"))));
        assertEquals("18.5", world.target());
        var vat = world.new Falling(50, 10);
        world.passes(Duration.ofHours(48), vat);
        assertEquals("18.5", world.target());
        world.passes(Duration.ofHours(30), vat);
        assertTrue(Double.parseDouble(world.target()) > 18.5 && Double.parseDouble(world.target()) < 20.5, world.target());
        world.passes(Duration.ofHours(22), vat);
        vat.perDay = 0;
        world.passes(Duration.ofHours(8), vat);
        assertEquals("20.5", world.target(), "a cold crash waits until it is made");
        world.passes(Duration.ofHours(36), vat);
        assertEquals("3.0", world.target());
        vat.celsius = 3;
        vat.points += 9;
        world.passes(Duration.ofHours(12), vat);
        assertEquals("Conditioning", world.phase(), "a cold hydrometer tells no sugar");
        world.passes(Duration.ofHours(48), vat);
        assertEquals("Done", world.phase());
    }

    @Test void aStallIsFoundAndTheLadderClimbedOnce() {
        var vat = stalled();
        assertEquals("Stalled", world.phase(), world.status().toString());
        world.passes(Duration.ofHours(4), vat);
        assertEquals("20.0", world.target());
        assertEquals("rouse", mode());
        assertEquals(1, world.client.list(Resources.JOBS, "home").size());
        assertEquals("True Stalled", world.condition("AttentionNeeded"));
        world.passes(Duration.ofHours(48), vat);
        assertEquals("20.0", world.target(), "no step is repeated without a new slope");
        assertEquals(4, world.diary().stream().filter(line -> line.startsWith("StepDone") || line.startsWith("Ask")).count(),
                world.diary().toString());
        for (var line : world.diary()) assertTrue(world.events().contains(line), "no event of: " + line);
    }

    @Test void whatWasDoneIsTakenBackWhenItMovesAgain() {
        var vat = stalled();
        world.passes(Duration.ofHours(4), vat);
        vat.perDay = 10;
        world.passes(HALF_DAY, vat);
        assertEquals("Active", world.phase());
        world.passes(Duration.ofHours(4), vat);
        assertEquals("19.0", world.target());
        assertEquals("rest", mode());
        assertEquals("False Nothing", world.condition("AttentionNeeded"));
        assertEquals(1, world.diary().stream().filter(line -> line.startsWith("Undone")).count(), world.diary().toString());
    }

    @Test void readingsThatArePartlyLostAreNoSignThatItMoves() {
        var vat = stalled();
        world.passes(Duration.ofHours(2), vat);
        world.history.samples.clear();
        world.restart();
        world.passes(Duration.ofHours(30), vat);
        assertEquals("20.0", world.target());
        assertEquals("rouse", mode(), "what was done stays until it surely moves");
        world.passes(Duration.ofHours(10), vat);
        assertEquals("Stalled", world.phase());
        assertEquals(Json.of(1), world.status().at("stall", "number"));
        assertEquals(1, world.diary().stream().filter(line -> line.contains("warm it")).count(), world.diary().toString());
    }

    @Test void aSecondStallIsAnother() {
        var vat = stalled();
        world.passes(Duration.ofHours(4), vat);
        vat.perDay = 10;
        world.passes(Duration.ofHours(18), vat);
        vat.perDay = 0;
        world.passes(Duration.ofHours(40), vat);
        assertEquals("Stalled", world.phase(), world.status().toString());
        assertEquals(Json.of(2), world.status().at("stall", "number"));
        assertEquals(2, world.client.list(Resources.JOBS, "home").size());
    }

    /// Every write of the whole ladder, up and down, is once the last thing that this process does, once just before it is done and once just after.
    @Test void killedBetweenAnyTwoWritesItRepeatsNoStepAndForgetsNone() {
        var calm = new FermentationTest();
        calm.stallsAndMoves();
        var writes = calm.world.transport.writes;
        int visited = 0;
        for (int kill = firstStep(calm); kill < writes.size(); kill++) {
            if (!isStep(writes, kill)) continue;
            killedAt(kill, false, calm.world.diary());
            // Just after this one is just before the next.
            if (!isStep(writes, kill + 1)) killedAt(kill, true, calm.world.diary());
            visited++;
        }
        assertTrue(visited > 10, writes.toString());
    }

    private static int firstStep(FermentationTest test) {
        var writes = test.world.transport.writes;
        return writes.indexOf(writes.stream().filter(write -> write.endsWith(" stall")).findFirst().orElseThrow());
    }

    private static boolean isStep(List<String> writes, int index) {
        return index < writes.size() && writes.get(index).matches(".*(deployments|jobs|events).*|.* stall");
    }

    /// With the shortest periods that the rule may have.
    private void stallsAndMoves() {
        world.create(Resources.DEPLOYMENTS, "yeast", JsonObject.of("spec", JsonObject.of("mode", "rest")));
        world.batch(BrewWorld.spec("onStall", onStall(), "stall", JsonObject.of("windowSeconds", 21_600, "holdSeconds", 21_600)));
        var vat = world.new Falling(50, 24);
        world.passes(Duration.ofHours(20), vat);
        vat.perDay = 0;
        world.passes(Duration.ofHours(20), vat);
        highest = world.target();
        vat.perDay = 24;
        world.passes(Duration.ofHours(10), vat);
    }

    private static void killedAt(int write, boolean after, List<String> wanted) {
        var test = new FermentationTest();
        test.world.transport.killAt = write;
        test.world.transport.after = after;
        test.stallsAndMoves();
        var where = "killed " + (after ? "after" : "before") + " write " + write;
        assertEquals(steps(wanted), steps(test.world.diary()), where);
        assertEquals(1, test.world.client.list(Resources.JOBS, "home").size(), where);
        assertEquals("20.0", test.highest, where);
        assertEquals("19.0", test.world.target(), where);
        assertEquals("rest", test.mode(), where);
        assertEquals(List.of(), test.world.failures);
        eachLineIsToldOnce(test.world, where);
    }

    private static void eachLineIsToldOnce(BrewWorld world, String where) {
        assertEquals(world.diary().stream().sorted().toList(), world.events().stream().sorted().toList(), where);
    }

    /// The first thing that happens afterwards is another than what was told last.
    @Test void oneThatDiesBeforeOrAfterItTellsALineTellsItOnceThoughSomethingElseHappensNext() {
        var calm = new FermentationTest();
        calm.stallsAndMoves();
        for (int kill = firstStep(calm); kill < calm.world.transport.writes.size(); kill++) {
            var test = new FermentationTest();
            test.world.transport.killAt = kill;
            test.world.transport.after = true;
            test.world.transport.death = test.world.history.samples::clear;
            test.stallsAndMoves();
            eachLineIsToldOnce(test.world, "killed after write " + kill);
        }
    }

    private static List<String> steps(List<String> diary) {
        return diary.stream().filter(line -> line.startsWith("Step") || line.startsWith("Ask") || line.startsWith("Stalled")
                        || line.startsWith("Undone") || line.startsWith("Recovered"))
                .map(line -> line.replaceAll(
                "flat at.*", "")).toList();
    }

    @Test void warmingStopsAtTheYeastsLimit() {
        world.batch(BrewWorld.spec("profile", JsonArray.of(JsonObject.of("name", "primary", "type", "Hold", "celsius", "21.7")),
                "onStall", JsonObject.of("steps",
                        JsonArray.of(JsonObject.of("warm", JsonObject.EMPTY, "waitSeconds", 0), JsonObject.of("warm", JsonObject.EMPTY)))));
        var vat = world.new Falling(50, 0);
        world.passes(HALF_DAY, vat);
        vat.perDay = 12;
        world.passes(Duration.ofHours(40), vat);
        vat.perDay = 0;
        world.passes(Duration.ofHours(40), vat);
        assertEquals("22.0", world.target());
        assertTrue(world.diary().stream().anyMatch(line -> line.startsWith("StepSkipped")), world.diary().toString());
    }

    @Test void otherYeastIsAnotherBatch() {
        var vat = stalled();
        world.passes(Duration.ofHours(4), vat);
        world.merge(BrewWorld.BATCHES, "ale", JsonObject.of("metadata", JsonObject.of("generation", 2), "spec",
                JsonObject.of("pitchTime", world.clock.instant().toString())));
        world.settle();
        assertEquals("rest", mode(), "what the stall of the last batch changed is put back");
        assertEquals("19.0", world.target());
        assertEquals("Unknown", world.phase());
        assertTrue(world.diary().getFirst().startsWith("Undone"), world.diary().toString());
    }

    @Test void aSuspendedBatchIsWatchedAndLeftAlone() {
        world.batch(BrewWorld.spec("suspend", true));
        world.passes(HALF_DAY, world.new Falling(50, 0));
        assertEquals("Lag", world.phase());
        assertEquals("", world.target());
    }
}
