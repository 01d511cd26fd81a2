package home.oikos.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoinedTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Joined joined = new Joined();

    private static List<Double> sorted(String values) {
        return Arrays.stream(values.split(" ")).map(Double::parseDouble).sorted().toList();
    }

    @ParameterizedTest @CsvSource({"7, 7", "7 9, 8", "100 102 104, 102", "100 102 104 9000, 102", "0 1000 1010 1020 1030, 1015", "5 5 5 5 900, 5",
            "100 102 9000 9100 9050, 9050"})
    void theMedianOfThoseThatAgree(String values, double expected) {
        assertEquals(expected, Joined.of(sorted(values), 1));
    }

    @Test void anOldWordNoLongerCounts() {
        joined.take("a", 900, MINUTE, 1, NOW);
        assertEquals(500, joined.take("b", 100, MINUTE, 1, NOW.plusSeconds(60)));
        assertEquals(100, joined.take("b", 100, MINUTE, 1, NOW.plusSeconds(61)));
        assertEquals(1, joined.sources());
    }

    @Test void aFloodOfNamesIsBounded() {
        for (int i = 0; i < 1_000; i++) joined.take("pod-" + i, i, MINUTE, 1, NOW);
        assertEquals(Joined.SOURCES_MAX, joined.sources());
    }
}
