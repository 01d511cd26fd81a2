package home.oikos.client;

import java.util.SplittableRandom;
import java.util.stream.LongStream;

/// Which seeds a simulation lives through: the same ones each time, ten thousand freshly drawn ones with `-Doikos.soak=true`, one alone with `-Doikos.seed=N`.
public final class Seeds {
    private static final int SOAK_SEEDS = 10_000;

    private Seeds() { }

    /// @param ordinary those of an ordinary run
    public static LongStream of(LongStream ordinary) {
        var one = Long.getLong("oikos.seed");
        if (one != null) return LongStream.of(one);
        return Boolean.getBoolean("oikos.soak") ? new SplittableRandom().longs(SOAK_SEEDS) : ordinary;
    }

    /// What goes wrong says how to see it again.
    public static void replayable(long seed, Runnable life) {
        try {
            life.run();
        } catch (AssertionError | RuntimeException wrong) {
            throw new AssertionError("seed %d, replay it with -Doikos.seed=%d: %s".formatted(seed, seed, wrong.getMessage()), wrong);
        }
    }
}
