package home.oikos.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// When the things of a house speak.
class SpeechTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private final House house = House.demo(new SplittableRandom(7));
    private final Speech speech = new Speech();
    private final Thing light = house.thing("kitchen-light");

    private int spoken(Thing thing, Duration time) {
        int spoken = 0;
        for (long second = 0; second < time.toSeconds(); second++) {
            house.advance(SECOND);
            speech.pass(SECOND);
            if (speech.take(thing).state()) spoken++;
        }
        return spoken;
    }

    @Test
    void whatWasNeverSaidIsSaid() {
        assertEquals(new Speech.Due(true, true), speech.take(light));
        assertEquals(new Speech.Due(false, false), speech.take(light));
    }

    @Test
    void aSwitchIsToldAtOnce() {
        speech.take(light);
        light.hand("on", Json.of(true));
        assertTrue(speech.take(light).state());
    }

    @Test
    void aStillThingSpeaksRarelyEnoughToRestAndOftenEnoughToBeBelieved() {
        speech.take(light);
        assertEquals(12, spoken(light, Duration.ofMinutes(5)), "every 25 s");
    }

    @Test
    void aHydrometerGoesOnUntilTheBatchIsCold() {
        var fast = House.show(new SplittableRandom(7));
        var fermenter = fast.thing("fermenter");
        fermenter.hand("gravity", Json.of(1.012));
        speech.take(fermenter);
        int spoken = 0;
        for (int second = 0; second < 7_200; second++) {
            fast.advance(SECOND);
            speech.pass(SECOND);
            if (speech.take(fermenter).state()) spoken++;
        }
        assertEquals(1_800 + 144, spoken, 20, "every two seconds for an hour, every 25 from then on");
    }

    @Test
    void aWholeStillHouseSpeaksLessThanOnceASecond() {
        house.things().forEach(speech::take);
        int spoken = 0;
        for (int second = 0; second < 600; second++) {
            house.advance(SECOND);
            speech.pass(SECOND);
            for (var thing : house.things()) if (speech.take(thing).state()) spoken++;
        }
        assertTrue(spoken < 600, spoken + " messages in ten minutes");
        assertFalse(house.isLively());
    }

    @Test
    void whoeverIsToldSomethingAnswersAlsoWhenNothingCameOfIt() {
        speech.take(light);
        speech.answer("kitchen-light");
        assertTrue(speech.take(light).state());
        assertFalse(speech.take(light).state());
    }

    @Test
    void aThingThatDropsOffSaysNothingUntilItIsBack() {
        speech.take(light);
        light.fault(Fault.DROP_OFF);
        assertEquals(new Speech.Due(true, false), speech.take(light));
        assertEquals(0, spoken(light, Duration.ofMinutes(2)));
        light.mend();
        assertEquals(new Speech.Due(true, true), speech.take(light));
    }

    @Test
    void aValveOnItsWayMakesTheHouseLively() {
        house.thing("water-valve").command("open", Json.of(false));
        assertTrue(house.isLively());
        house.advance(Duration.ofSeconds(3));
        assertFalse(house.isLively());
    }
}
