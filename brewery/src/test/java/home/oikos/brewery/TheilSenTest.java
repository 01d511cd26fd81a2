package home.oikos.brewery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TheilSenTest {
    private static final double[] DAYS = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

    private static double[] falling(double perDay) {
        return java.util.Arrays.stream(DAYS).map(day -> 50 + perDay * day).toArray();
    }

    @Test void aStraightLineIsFoundExactly() {
        var line = TheilSen.through(DAYS, falling(-3));
        assertEquals(-3, line.slope(), 1e-9);
        assertEquals(23, line.end(), 1e-9);
        assertEquals(10, line.samples());
    }

    /// 29 % may be anything; least squares would be moved by one.
    @Test void twoWildReadingsOfTenMoveNothing() {
        var y = falling(-3);
        y[2] = 1_000;
        y[7] = -1_000;
        var line = TheilSen.through(DAYS, y);
        assertEquals(-3, line.slope(), 0.2);
        assertEquals(23, line.end(), 1);
    }

    @Test void theIntervalHoldsTheTrueSlopeNineTimesInTen() {
        var random = new SplittableRandom(11);
        int inside = 0;
        for (int round = 0; round < 1_000; round++) {
            var y = java.util.Arrays.stream(falling(-1)).map(value -> value + random.nextGaussian()).toArray();
            var line = TheilSen.through(DAYS, y);
            if (line.least() <= -1 && line.most() >= -1) inside++;
        }
        assertTrue(inside > 860, inside + " of 1000");
    }

    @Test void oneReadingIsNoLine() {
        assertThrows(IllegalArgumentException.class, () -> TheilSen.through(new double[] {1}, new double[] {1}));
    }
}
