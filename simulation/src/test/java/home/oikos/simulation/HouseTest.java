package home.oikos.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HouseTest {
    private final House house = House.demo(new SplittableRandom(7));

    private Json said(String thing, String property) {
        return house.thing(thing).says().get(property);
    }

    @Test
    void aBurstPipeWetsTheFloorUntilTheValveIsShut() {
        house.thing("leak-sensor").fault(Fault.FLOOD);
        house.advance(Duration.ofSeconds(5));
        assertEquals(Json.of(true), said("leak-sensor", "wet"));
        assertTrue(said("flow-meter", "flow").decimal(0) >= 6);

        house.thing("water-valve").command("open", Json.of(false));
        house.advance(Duration.ofMinutes(5));
        assertEquals(Json.of(false), said("leak-sensor", "wet"));
        assertEquals(0, said("flow-meter", "flow").decimal(9));
    }

    @Test
    void aFridgeKeepsItsTemperatureAndRestsItsCompressor() {
        boolean ran = false;
        int offSeconds = 1_000;
        for (int second = 0; second < 12 * 3_600; second++) {
            house.advance(Duration.ofSeconds(1));
            boolean compressor = said("fridge", "compressor").bool(false);
            if (compressor && !ran) assertTrue(offSeconds >= 299, "rested only " + offSeconds + " s");
            offSeconds = compressor ? 0 : offSeconds + 1;
            ran = compressor;
            double celsius = said("fridge", "temperature").decimal(99);
            assertTrue(celsius > 2 && celsius < 7, "at " + celsius);
        }
    }

    @Test
    void aLockCountsItsOpeningsLocksAgainByItselfAndMayJam() {
        house.thing("front-door-lock").command("locked", Json.of(false));
        house.thing("front-door-lock").command("locked", Json.of(false));
        house.advance(Duration.ofSeconds(2));
        assertEquals(Json.of("Unlocked"), said("front-door-lock", "bolt"));
        assertEquals(1, said("front-door-lock", "openings").integer(0));
        house.advance(Duration.ofSeconds(30));
        assertEquals(Json.of(true), said("front-door-lock", "locked"));
        house.thing("front-door-lock").fault(Fault.of("jammed").orElseThrow());
        house.thing("front-door-lock").command("locked", Json.of(false));
        house.advance(Duration.ofSeconds(2));
        assertEquals(Json.of("Jammed"), said("front-door-lock", "bolt"));
        assertEquals(Json.of(true), said("front-door-lock", "locked"));
        house.thing("front-door-lock").mend();
        assertEquals(1, said("front-door-lock", "openings").integer(0), "what it was told while it was jammed is gone");
    }

    @Test
    void anAleFermentsOutInAboutTwoWeeks() {
        double before = said("fermenter", "gravity").decimal(0);
        house.advance(Duration.ofDays(2));
        double soon = said("fermenter", "gravity").decimal(0);
        house.advance(Duration.ofDays(12));
        double late = said("fermenter", "gravity").decimal(0);
        assertTrue(before - soon > 0.012, before + " to " + soon);
        assertTrue(late > 1.011 && late < 1.018, "ended at " + late);
    }

    @Test
    void aHeaterWarmsTheVesselAndACoolerCoolsIt() {
        house.thing("fermenter-heater").command("on", Json.of(true));
        house.advance(Duration.ofHours(2));
        double warm = said("fermenter", "temperature").decimal(0);
        assertTrue(warm > 21, "at " + warm);
        house.thing("fermenter-heater").command("on", Json.of(false));
        house.thing("fermenter-cooler").command("on", Json.of(true));
        house.advance(Duration.ofHours(4));
        assertTrue(said("fermenter", "temperature").decimal(99) < warm - 3);
    }

    @Test
    void aFanAirsTheBreweryAndASpillRunsUp() {
        house.thing("vapour-sensor").fault(Fault.of("high").orElseThrow());
        house.advance(Duration.ofMinutes(2));
        assertEquals(1_800, said("vapour-sensor", "ethanol").decimal(0), 20);
        house.thing("vapour-sensor").mend();
        house.advance(Duration.ofMinutes(1));
        assertTrue(said("vapour-sensor", "ethanol").decimal(9_999) < 800, "a spill that is wiped up is aired: " + said("vapour-sensor", "ethanol"));
        house.thing("vapour-sensor").hand("co2", Json.of(40_000));
        house.thing("brewery-fan").command("on", Json.of(true));
        house.advance(Duration.ofMinutes(20));
        assertTrue(said("vapour-sensor", "ethanol").decimal(9_999) < 100, "found " + said("vapour-sensor", "ethanol"));
        assertTrue(said("vapour-sensor", "co2").decimal(9_999) < 2_000, "found " + said("vapour-sensor", "co2"));
    }

    @Test
    void aDishwasherRunsThroughItsCycle() {
        house.thing("dishwasher").command("running", Json.of(true));
        assertEquals(Json.of("Filling"), said("dishwasher", "phase"));
        house.advance(Duration.ofMinutes(10));
        assertEquals(Json.of("Washing"), said("dishwasher", "phase"));
        house.advance(Duration.ofMinutes(80));
        assertEquals(Json.of("Idle"), said("dishwasher", "phase"));
    }

    @Test
    void aStuckThingHearsNothingAndALiarSaysWhatItIsNot() {
        house.thing("kitchen-light").fault(Fault.STUCK);
        house.thing("kitchen-light").command("on", Json.of(true));
        assertEquals(Json.of(false), said("kitchen-light", "on"));

        house.thing("porch-light").fault(Fault.LIE);
        house.thing("porch-light").command("on", Json.of(true));
        assertEquals(Json.of(true), said("porch-light", "on"));
        assertEquals(Json.of(false), house.thing("porch-light").state().get("on"));
        house.thing("porch-light").mend();
        assertEquals(Json.of(false), said("porch-light", "on"));
    }

    @Test
    void nonsenseIsRefusedInWords() {
        var light = house.thing("kitchen-light");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> light.hand("colour", Json.of("red"))).getMessage().contains("colour"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> light.hand("brightness", Json.of(101))).getMessage().contains("101"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> house.thing("attic-light")).getMessage().contains("kitchen-light"));
        assertFalse(light.state().get("on").bool(true));
    }

    @Test
    void theSameSeedGivesTheSameHouse() {
        var other = House.demo(new SplittableRandom(7));
        house.advance(Duration.ofHours(30));
        other.advance(Duration.ofHours(30));
        for (var thing : house.things()) assertEquals(thing.says(), other.thing(thing.name()).says());
    }

    @Test
    void whatIsRememberedComesBack() {
        house.thing("kitchen-light").command("on", Json.of(true));
        house.thing("dishwasher").command("running", Json.of(true));
        house.advance(Duration.ofHours(1));
        var after = House.demo(new SplittableRandom(8));
        for (var thing : house.things()) after.thing(thing.name()).restore(thing.memory());
        for (var name : new String[] {"kitchen-light", "dishwasher", "fermenter"}) assertEquals(house.thing(name).says(), after.thing(name).says());
    }
}
