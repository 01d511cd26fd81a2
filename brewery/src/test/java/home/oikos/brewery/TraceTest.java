package home.oikos.brewery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class TraceTest {
    private static final double DAY = 86_400;

    /// Four days of a reading each quarter of an hour.
    private static Trace of(DoubleUnaryOperator points, double celsius) {
        var random = new SplittableRandom(5);
        var gravity = new ArrayList<Reading>();
        var warmth = new ArrayList<Reading>();
        for (double at = 0; at < 4 * DAY; at += 900) {
            gravity.add(new Reading(at, points.applyAsDouble(at / DAY) + random.nextGaussian() * 0.3));
            warmth.add(new Reading(at, celsius));
        }
        var trace = new Trace(15);
        trace.take(0, gravity, warmth);
        return trace;
    }

    @Test void aMovedVesselIsTakenOutOfWhatFollows() {
        var trace = of(day -> 40 - 5 * day + (day > 2 ? 6 : 0), 19);
        assertEquals(1, trace.leaps().size(), trace.leaps().toString());
        assertEquals(6, trace.leaps().getFirst().points(), 0.8);
        assertEquals(2 * DAY / Slots.SLOT_SECONDS, trace.leaps().getFirst().slot(), 2);
        assertEquals(22.5, trace.points(Slots.of(3.5 * DAY)), 1.2);
    }

    @Test void yeastThatBeginsOrEndsIsNoLeap() {
        assertEquals(List.of(), of(day -> day < 1 ? 50 : day < 3 ? 50 - 18 * (day - 1) : 14, 19).leaps());
    }

    /// Glitches before and after made the slopes to both sides rise, and flat gravity then looked as if it had leapt down from where it should
    /// have risen to.
    @Test void glitchesAreNoLeap() {
        var wild = Map.of(97, 76, 107, 79, 108, 85, 109, 94, 111, 16);
        DoubleUnaryOperator beer = slot -> slot < 110 || slot > 121 ? 39.8 : 38.8 + 0.14 * (slot - 110);
        assertEquals(List.of(), of(day -> {
            int slot = Slots.of(day * DAY);
            return wild.containsKey(slot) ? wild.get(slot) : beer.applyAsDouble(slot);
        }, 19).leaps());
    }

    @Test void aColdHydrometerSaysNothing() {
        var trace = of(_ -> 20, 4);
        assertTrue(trace.isCold(100));
        assertFalse(trace.isUsable(100));
        assertTrue(trace.line(0, 190).isEmpty());
    }

    @Test void takingReadingsBitByBitComesToTheSameAsAtOnce() {
        DoubleUnaryOperator points = day -> 45 - 7 * day + (day > 1.5 ? 4 : 0);
        var whole = of(points, 19);
        var random = new SplittableRandom(5);
        var all = new ArrayList<Reading>();
        var bits = new Trace(15);
        for (double at = 0; at < 4 * DAY; at += 900) {
            all.add(new Reading(at, points.applyAsDouble(at / DAY) + random.nextGaussian() * 0.3));
            int from = Math.max(0, Slots.of(at) - 1);
            bits.take(from, Wort.heard(all, from * (double) Slots.SLOT_SECONDS, at + 1), List.of(new Reading(at, 19)));
        }
        assertEquals(whole.leaps().size(), bits.leaps().size());
        for (int slot = 0; slot < 190; slot++) assertEquals(whole.points(slot), bits.points(slot), 0.3);
    }
}
