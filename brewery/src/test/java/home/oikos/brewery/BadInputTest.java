package home.oikos.brewery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What people and sensors get wrong is told in words and moves nothing.
class BadInputTest {
    private final BrewWorld world = new BrewWorld();

    @AfterEach void nothingFailed() {
        assertEquals(List.of(), world.failures);
    }

    private void refused(JsonObject spec, String reason, String word) {
        world.batch(spec);
        world.passes(Duration.ofHours(6), world.new Falling(50, 5));
        assertEquals("False " + reason, world.condition("Ready"));
        assertTrue(world.status().at("note").text("").contains(word), world.status().toString());
        assertEquals("Unknown", world.phase());
        assertEquals("", world.target(), "no temperature is asked for");
    }

    private static JsonObject recipe(String original, String coldest, String warmest) {
        return BrewWorld.spec("recipe", JsonObject.of("originalGravity", original, "finalGravity", "1.010",
                "yeast", JsonObject.of("minimumCelsius", coldest, "maximumCelsius", warmest)));
    }

    @Test void aRecipeInPlatoIsRefused() {
        refused(recipe("12.5", "17", "22"), "InvalidSpec", "specific gravity");
    }

    @Test void aRecipeWithoutANumberIsRefused() {
        refused(recipe("NaN", "17", "22"), "InvalidSpec", "finite");
    }

    @Test void yeastLimitsInFahrenheitAreRefused() {
        refused(recipe("1.050", "63", "72"), "InvalidSpec", "Fahrenheit");
    }

    @Test void aProfileOutsideTheYeastsLimitsIsRefused() {
        refused(BrewWorld.spec("profile", JsonArray.of(JsonObject.of("name", "hot", "type", "Hold", "celsius", "30"))), "InvalidSpec",
                "hot");
    }

    @Test void stepsThatComeBackToTheBatchAreRefused() {
        var self = JsonObject.of("apiVersion", "oikos.home/v1alpha1", "kind", "Fermentation", "name", "ale");
        var step = JsonObject.of("patch",
                JsonObject.of("targetRef", self, "fields", JsonObject.of("spec", JsonObject.of("suspend", true))));
        refused(BrewWorld.spec("onStall", JsonObject.of("steps", JsonArray.of(step))), "Cyclic", "never end");
    }

    @Test void aCircleOfTwoBatchesIsRefusedAtBoth() {
        var other = JsonObject.of("apiVersion", "oikos.home/v1alpha1", "kind", "Fermentation", "name", "other");
        var back = JsonObject.of("apiVersion", "oikos.home/v1alpha1", "kind", "Fermentation", "name", "ale");
        var vessel = JsonObject.of("gravity", JsonObject.of("deviceName", "second"));
        world.create(BrewWorld.BATCHES, "other",
                JsonObject.of("spec", BrewWorld.spec("vessel", vessel, "onStall", JsonObject.of("steps", JsonArray.of(
                JsonObject.of("patch", JsonObject.of("targetRef", back, "fields", JsonObject.EMPTY)))))));
        refused(BrewWorld.spec("onStall",
                JsonObject.of("steps", JsonArray.of(JsonObject.of("patch", JsonObject.of("targetRef", other, "fields",
                JsonObject.EMPTY))))), "Cyclic", "never end");
    }

    @Test void theYoungerOfTwoBatchesInOneVesselIsRefused() {
        world.create(BrewWorld.BATCHES, "first", JsonObject.of("spec", BrewWorld.spec("suspend", true)));
        world.clock.advance(Duration.ofMinutes(1));
        refused(BrewWorld.spec(), "VesselTaken", "first");
    }

    private void sensed(double gravity, double celsius, String word) {
        world.batch(BrewWorld.spec());
        var told = world.target();
        world.passes(Duration.ofHours(30), now -> {
            world.history.add("gravity", now, gravity);
            world.history.add("temperature", now, celsius);
        });
        assertTrue(world.status().toString().contains(word), world.status().toString());
        assertEquals(told, world.target(), "nothing more is asked for");
    }

    @Test void platoSentAsSpecificGravityIsNamed() {
        sensed(12.4, 19, "set unit: Plato");
        assertEquals("Unknown", world.phase());
    }

    @Test void negativeGravityIsUnknown() {
        sensed(-1.05, 19, "makes no sense");
        assertEquals("Unknown", world.phase());
    }

    @Test void gravityThatIsNoNumberIsUnknown() {
        sensed(Double.NaN, 19, "makes no sense");
        assertEquals("Unknown", world.phase());
    }

    @Test void fahrenheitSentAsCelsiusIsNamedAndAsksForNothing() {
        sensed(1.050, 66, "set unit: Fahrenheit");
        assertEquals("False Implausible", world.condition("TemperatureFollowed"));
    }

    @Test void readingsTwiceAndOutOfOrderChangeNothing() {
        var once = new Slots();
        var twice = new Slots();
        var readings = new java.util.ArrayList<Reading>();
        for (int i = 0; i < 100; i++) readings.add(new Reading(i * 900.0, 50 - i * 0.1));
        once.replace(0, readings);
        readings.addAll(readings.subList(20, 60));
        java.util.Collections.shuffle(readings, new java.util.Random(3));
        twice.replace(0, readings);
        assertEquals(once.end(), twice.end());
        for (int slot = 0; slot < once.end(); slot++) {
            assertEquals(once.at(slot), twice.at(slot));
            assertEquals(once.count(slot), twice.count(slot));
        }
    }

    @Test void aClockThatJumpsBackSaysSoAndAsksForNothing() {
        world.batch(BrewWorld.spec());
        var vat = world.new Falling(50, 10);
        world.passes(Duration.ofHours(60), vat);
        assertEquals("Active", world.phase());
        world.clock.moveTo(world.clock.instant().minus(Duration.ofHours(20)));
        world.merge(BrewWorld.BATCHES, "ale", JsonObject.of("metadata", JsonObject.of("generation", 2)));
        world.settle();
        assertEquals("Unknown", world.phase());
        assertTrue(world.status().at("note").text("").contains("clock"), world.status().toString());
    }

    @Test void aClockThatJumpsAheadIsAGap() {
        world.batch(BrewWorld.spec());
        var vat = world.new Falling(50, 10);
        world.passes(Duration.ofHours(60), vat);
        vat.perDay = 0;
        world.clock.advance(Duration.ofDays(3));
        world.passes(Duration.ofHours(1), vat);
        assertEquals("Unknown", world.phase(), world.status().toString());
    }

    @Test void noiseOfAnyKindIsNeverAStall() {
        for (long seed = 0; seed < 20; seed++) {
            var random = new SplittableRandom(seed);
            var trace = new Trace(15);
            var readings = new java.util.ArrayList<Reading>();
            var warmth = new java.util.ArrayList<Reading>();
            for (double at = 0; at < 10 * 86_400; at += 60 + random.nextDouble() * 8_000) {
                readings.add(new Reading(at, random.nextDouble() * 150 - 10));
                warmth.add(new Reading(at, random.nextDouble() * 40));
            }
            trace.take(0, readings, warmth);
            var seen = Evidence.of(trace, new Recipe("", 50, 10, 17, 22), StallRule.DEFAULT, 900, 10 * 86_400);
            assertTrue(Verdict.of(seen, StallRule.DEFAULT, true).phase() != Phase.Stalled, "seed " + seed);
        }
    }
}
