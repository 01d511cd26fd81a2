package home.oikos.brewery;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Batches of two weeks under a seed, judged every hour as in a home, by the production code: nobody who ferments is called stalled, nobody
/// who stalls is missed. Replay one seed: `-Doikos.seed=N`.
class StallSimulationTest {
    private static final int SEEDS = 1_000;
    private static final Duration BOX = Duration.ofSeconds(45);
    /// What the rule asks for before it may speak.
    private static final double RULE_DAYS = 1;
    private static final double WITHIN_DAYS = 0.5;
    private long decisions;
    private long nanos;

    @Test
    void noBatchThatFermentsIsCalledStalledAndNoneThatStallsIsMissed() {
        boolean whole = Boolean.getBoolean("oikos.soak");
        long first = Long.getLong("oikos.seed", new SplittableRandom().nextLong(1_000_000));
        int count = System.getProperty("oikos.seed") == null ? SEEDS : 1;
        var until = clock().plus(BOX);
        var stories = new EnumMap<Wort.Story, Integer>(Wort.Story.class);
        int done = 0;
        double slowest = 0;
        for (; done < count && (whole || clock().isBefore(until)); done++) slowest = Math.max(slowest,
                judge(new Wort(first + done), stories));
        System.out.printf("stall simulation: %d seeds from %d, the slowest stall found %.1f h after it began, a decision takes %.3f ms, %s%n", done,
                first, slowest * 24, nanos / 1e6 / Math.max(1, decisions), stories);
        assertTrue(done > 0);
    }

    private static Instant clock() {
        return java.time.Clock.systemUTC().instant();
    }

    /// @return how many days after its beginning a stall was found; 0 where there is none
    private double judge(Wort wort, Map<Wort.Story, Integer> stories) {
        stories.merge(wort.story, 1, Integer::sum);
        var trace = new Trace(wort.recipe.coldest() - 2);
        double found = Double.NaN;
        for (double now = 3_600; now < Wort.DAYS * 86_400; now += 3_600) {
            int from = Math.max(0, Slots.of(now - 3_600) - 1);
            trace.take(from, Wort.heard(wort.gravities, from * (double) Slots.SLOT_SECONDS, now),
                    Wort.heard(wort.temperatures, from * (double) Slots.SLOT_SECONDS, now));
            long before = System.nanoTime();
            var seen = Evidence.of(trace, wort.recipe, StallRule.DEFAULT, wort.periodSeconds, now);
            var verdict = Verdict.of(seen, StallRule.DEFAULT, false);
            nanos += System.nanoTime() - before;
            decisions++;
            double day = now / 86_400;
            if (verdict.phase() == Phase.Stalled) {
                if (!(day > wort.stallDay)) fail("seed %d (%s): called stalled on day %.2f: %s".formatted(wort.seed, wort.story, day,
                        verdict.note()));
                if (Double.isNaN(found)) found = day;
            }
            double deadline = Math.max(wort.stallDay + RULE_DAYS + WITHIN_DAYS, wort.excusedDay + WITHIN_DAYS);
            if (Double.isNaN(found) && day > deadline) {
                fail("seed %d (%s): stalled on day %.2f and on day %.2f still %s: %s (%s)".formatted(wort.seed, wort.story, wort.stallDay,
                        day, verdict.phase(),
                        verdict.note(), seen));
            }
        }
        return Double.isNaN(found) ? 0 : found - wort.stallDay;
    }
}
