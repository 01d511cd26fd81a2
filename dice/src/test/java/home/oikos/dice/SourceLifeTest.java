package home.oikos.dice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.dice.SourceEvent.Alarmed;
import home.oikos.dice.SourceEvent.Answered;
import home.oikos.dice.SourceEvent.Lost;
import home.oikos.dice.SourceEvent.Proven;
import home.oikos.dice.SourceEvent.Reset;
import home.oikos.dice.SourceEvent.StartUpPassed;
import home.oikos.dice.SourceState.Failed;
import home.oikos.dice.SourceState.Healthy;
import home.oikos.dice.SourceState.Starting;
import home.oikos.dice.SourceState.Suspect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every event in every state, and what holds in any order of them.
class SourceLifeTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Alarm STUCK = new Alarm("Stuck", "the same again and again");
    private static final SourceLife LIFE = new SourceLife(new Comeback(4, Duration.ofSeconds(30)));

    private static Instant at(long seconds) {
        return T0.plusSeconds(seconds);
    }

    private static SourceState state(String word) {
        return switch (word) {
            case "Starting" -> new Starting(T0, 1);
            case "Healthy" -> new Healthy(T0, 1);
            case "Suspect" -> new Suspect(T0, 1, STUCK);
            case "Failed" -> new Failed(T0, 2, STUCK, at(30));
            default -> new Failed(T0, 1, STUCK, T0);
        };
    }

    private static SourceEvent event(String word, Instant at) {
        return switch (word) {
            case "StartUpPassed" -> new StartUpPassed(at);
            case "Alarmed" -> new Alarmed(at, STUCK);
            case "Lost" -> new Lost(at, STUCK);
            case "Answered" -> new Answered(at);
            case "Reset" -> new Reset(at);
            default -> new Proven(at);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "StartUpPassed, Healthy, Healthy, Healthy, Failed, Failed",
        "Alarmed, Failed, Suspect, Failed, Failed, Failed",
        "Lost, Failed, Failed, Failed, Failed, Failed",
        "Answered, Starting, Healthy, Suspect, Failed, Starting",
        "Reset, Starting, Healthy, Suspect, Starting, Starting",
        "Proven, Starting, Healthy, Suspect, Failed, Failed"})
    void everyEventInEveryState(String event, String starting, String healthy, String suspect, String failed, String unplugged) {
        var expected = List.of(starting, healthy, suspect, failed, unplugged);
        var states = List.of("Starting", "Healthy", "Suspect", "Failed", "Unplugged");
        for (int i = 0; i < states.size(); i++) {
            assertEquals(expected.get(i), LIFE.next(state(states.get(i)), event(event, at(10))).word(), event + " in " + states.get(i));
        }
    }

    @Test
    void aFailedSourceIsGivenAnotherChanceLaterAndLaterAndAtLastByAPersonAlone() {
        SourceState state = new Healthy(T0, 0);
        state = LIFE.next(state, new Alarmed(T0, STUCK));
        state = LIFE.next(state, new Alarmed(T0, STUCK));
        assertEquals(at(30), ((Failed) state).retryTime());
        assertInstanceOf(Failed.class, LIFE.next(state, new Answered(at(29))));
        state = LIFE.next(state, new Answered(at(30)));
        state = LIFE.next(state, new Alarmed(at(31), STUCK));
        assertEquals(at(91), ((Failed) state).retryTime());
        state = LIFE.next(LIFE.next(state, new Answered(at(91))), new Alarmed(at(92), STUCK));
        assertEquals(Instant.MAX, ((Failed) state).retryTime());
        assertInstanceOf(Failed.class, LIFE.next(state, new Answered(at(1_000_000))));
        assertEquals(new Starting(at(2_000_000), 0), LIFE.next(state, new Reset(at(2_000_000))));
    }

    @Test
    void alarmsAreForgottenOnlyAfterProof() {
        var suspect = LIFE.next(new Healthy(T0, 0), new Alarmed(T0, STUCK));
        var healthy = LIFE.next(suspect, new StartUpPassed(at(1)));
        assertEquals(new Healthy(at(1), 1), healthy);
        assertEquals(new Healthy(at(1), 0), LIFE.next(healthy, new Proven(at(60))));
    }

    @Test
    void unpluggingAddsNoAlarmAndDoesNotWashOneThatFailed() {
        assertEquals(new Failed(at(5), 1, STUCK, at(5)), LIFE.next(new Healthy(T0, 1), new Lost(at(5), STUCK)));
        var failed = state("Failed");
        assertEquals(failed, LIFE.next(failed, new Lost(at(5), STUCK)));
    }

    @Test
    void aPersonsPolicyNeverRetriesByItself() {
        var manual = new SourceLife(new Comeback(0, Duration.ofSeconds(30)));
        assertEquals(Instant.MAX, ((Failed) manual.next(new Suspect(T0, 1, STUCK), new Alarmed(T0, STUCK))).retryTime());
    }

    @Test
    void noOrderOfEventsMakesASourceHealthyWithoutAStartUpTestSinceItsLastTrouble() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            SourceState state = new Starting(T0, 0);
            for (int step = 0; step < 200; step++) {
                var before = state;
                var words = List.of("StartUpPassed", "Alarmed", "Lost", "Answered", "Reset", "Proven");
                var event = event(words.get(random.nextInt(words.size())), at(step * 10L));
                state = LIFE.next(before, event);
                if (state instanceof Healthy && !(before instanceof Healthy)) assertInstanceOf(StartUpPassed.class, event);
                if (before instanceof Failed) assertTrue(state instanceof Failed || state instanceof Starting, before + " " + event);
                if (before instanceof Healthy && event instanceof Alarmed) assertInstanceOf(Suspect.class, state);
            }
        }
    }
}
