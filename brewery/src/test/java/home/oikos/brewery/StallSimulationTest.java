package home.oikos.brewery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import home.oikos.client.Seeds;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Batches of two weeks under a seed, judged every hour as in a home, by the production code: nobody who ferments is called stalled, nobody
/// who stalls is missed. Replay one seed: `-Doikos.seed=N`. An ordinary run judges the same seeds each time, `-Doikos.soak=true` fresh ones.
class StallSimulationTest {
    private static final long BASE = 414_000;
    private static final int SEEDS = 1_000;
    /// Seeds of other bases that the rule once failed.
    private static final long[] REGRESSIONS = {727_014, 1_002_099, 2_001_210, 389_306_080};
    /// What the rule asks for before it may speak.
    private static final double RULE_DAYS = 1;
    private static final double WITHIN_DAYS = 0.5;

    /// @param foundDays how long after its beginning a stall was found; 0 where there is none
    /// @param wrong what went wrong
    private record Result(long decisions, double foundDays, Optional<String> wrong) { }

    @Test
    void noBatchThatFermentsIsCalledStalledAndNoneThatStallsIsMissed() {
        var seeds = Seeds.of(LongStream.concat(LongStream.range(BASE, BASE + SEEDS), LongStream.of(REGRESSIONS))).toArray();
        long before = System.nanoTime();
        var results = LongStream.of(seeds).parallel().mapToObj(seed -> judge(new Wort(seed))).toList();
        double seconds = (System.nanoTime() - before) / 1e9;
        System.out.printf("stall simulation: %d seeds, %d decisions in %.1f s, the slowest stall found %.1f h after it began%n",
                seeds.length, results.stream().mapToLong(Result::decisions).sum(), seconds,
                24 * results.stream().mapToDouble(Result::foundDays).max().orElse(0));
        assertEquals(List.of(), results.stream().flatMap(result -> result.wrong().stream()).toList());
    }

    private static Result judge(Wort wort) {
        var trace = new Trace(wort.recipe.coldest() - 2);
        long decisions = 0;
        for (double now = 3_600; now < Wort.DAYS * 86_400; now += 3_600) {
            int from = Math.max(0, Slots.of(now - 3_600) - 1);
            trace.take(from, Wort.heard(wort.gravities, from * (double) Slots.SLOT_SECONDS, now),
                    Wort.heard(wort.temperatures, from * (double) Slots.SLOT_SECONDS, now));
            var verdict = Verdict.of(Evidence.of(trace, wort.recipe, StallRule.DEFAULT, wort.periodSeconds, now), StallRule.DEFAULT, false);
            decisions++;
            double day = now / 86_400;
            if (verdict.phase() == Phase.Stalled) {
                if (day > wort.stallDay) return new Result(decisions, day - wort.stallDay, Optional.empty());
                return wrong(decisions, wort, "called stalled on day %.2f: %s".formatted(day, verdict.note()));
            }
            double deadline = Math.max(wort.stallDay + RULE_DAYS + WITHIN_DAYS, wort.excusedDay + WITHIN_DAYS);
            if (day > deadline) return wrong(decisions, wort, "stalled on day %.2f and on day %.2f still %s: %s"
                    .formatted(wort.stallDay, day, verdict.phase(), verdict.note()));
        }
        return new Result(decisions, 0, Optional.empty());
    }

    private static Result wrong(long decisions, Wort wort, String what) {
        return new Result(decisions, 0, Optional.of("seed %d (%s): %s".formatted(wort.seed, wort.story, what)));
    }
}
