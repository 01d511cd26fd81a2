package home.oikos.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoreSimulationTest {
    private static final Duration BOX = Duration.ofSeconds(6);
    /// About five power cuts, kills or clean ends a round.
    private static final int LIVES = 6;
    private static final int SOAK_ROUNDS = 2_500;

    @Test
    void everyPromisedWriteSurvivesPowerCutsAndKillsAndNothingIsShownThatWasNotWritten() {
        int rounds = Repetition.of("StoreSimulationTest", BOX, SOAK_ROUNDS, seed -> new StoreSimulation(seed).run(LIVES));
        System.out.printf("%d seeds of %d lives each%n", rounds, LIVES);
        assertTrue(rounds > 0);
    }
}
