package home.oikos.workloads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import home.oikos.api.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ScalingRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final ScalingRules rules = new ScalingRules();

    @Test
    void upIsAtOnceButNotEndlesslyFar() {
        assertEquals(5, rules.settle(Json.NULL, 1, 50, NOW), "four pods in 15 s are more than twice one");
        rules.scaled(1, 5, NOW);
        assertEquals(5, rules.settle(Json.NULL, 5, 50, NOW.plusSeconds(1)), "the 15 s are used up");
        assertEquals(10, rules.settle(Json.NULL, 5, 50, NOW.plusSeconds(16)), "twice five are more than five and four");
    }

    @Test
    void downWaitsUntilNothingHasAskedForMoreForFiveMinutes() {
        rules.settle(Json.NULL, 4, 4, NOW);
        assertEquals(4, rules.settle(Json.NULL, 4, 1, NOW.plusSeconds(299)));
        assertEquals(1, rules.settle(Json.NULL, 4, 1, NOW.plusSeconds(301)));
    }

    @Test
    void behaviourIsTheOwners() {
        var slow = Json.parse("{\"scaleDown\":{\"stabilizationWindowSeconds\":0,\"policies\":[{\"type\":\"Pods\",\"value\":1,\"periodSeconds\":60}]},"
                + "\"scaleUp\":{\"selectPolicy\":\"Disabled\"}}");
        assertEquals(3, rules.settle(slow, 4, 1, NOW));
        rules.scaled(4, 3, NOW);
        assertEquals(3, rules.settle(slow, 3, 1, NOW.plusSeconds(30)));
        assertEquals(2, rules.settle(slow, 3, 1, NOW.plusSeconds(61)));
        assertEquals(3, rules.settle(slow, 3, 9, NOW.plusSeconds(62)), "never up");
    }
}
