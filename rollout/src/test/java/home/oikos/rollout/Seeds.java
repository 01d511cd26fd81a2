package home.oikos.rollout;

import java.util.Random;
import java.util.stream.LongStream;

/// Which seeds a simulation lives through: the same ones each time, freshly drawn ones with `-Doikos.soak=true`, one alone with `-Doikos.seed=N`.
final class Seeds {
    private static final int SOAK_SEEDS = 10_000;

    private Seeds() { }

    static LongStream of(int ordinary) {
        var one = System.getProperty("oikos.seed");
        if (one != null) return LongStream.of(Long.parseLong(one));
        return Boolean.getBoolean("oikos.soak") ? new Random().longs(SOAK_SEEDS) : LongStream.range(0, ordinary);
    }

    /// What goes wrong says how to see it again.
    static void replayable(long seed, Runnable life) {
        try {
            life.run();
        } catch (AssertionError | RuntimeException wrong) {
            throw new AssertionError("seed %d, replay it with -Doikos.seed=%d: %s".formatted(seed, seed, wrong.getMessage()), wrong);
        }
    }
}
