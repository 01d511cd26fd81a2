package home.oikos.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoreSimulationTest {
    private static final Duration BOX = Duration.ofSeconds(6);
    /// Each ends in a power cut, a kill or cleanly: in full that is more than 10,000 of each kind.
    private static final int LIVES = 6;
    private static final int SOAK_ROUNDS = 6_000;

    @Test
    void everyPromisedWriteSurvivesPowerCutsAndKillsAndNothingIsShownThatWasNotWritten() {
        int rounds = Repetition.of("StoreSimulationTest", BOX, SOAK_ROUNDS, seed -> new StoreSimulation(seed).run(LIVES));
        System.out.printf("%d seeds of %d lives each%n", rounds, LIVES);
        assertTrue(rounds > 0);
    }
}
