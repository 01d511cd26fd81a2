package home.oikos.store;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// How often a repeated test repeats: for a while with fresh seeds, in full with `-Doikos.soak=true`, or one seed with `-Doikos.seed=N`.
final class Repetition {
    private Repetition() { }

    static boolean isSoak() {
        return Boolean.getBoolean("oikos.soak");
    }

    /// @return how many rounds were run
    static int of(String test, Duration box, int soakRounds, Round round) {
        var replay = Long.getLong("oikos.seed");
        if (replay != null) {
            one(test, replay, round);
            return 1;
        }
        long start = System.nanoTime();
        int rounds = 0;
        while (isSoak() ? rounds < soakRounds : System.nanoTime() - start < box.toNanos()) {
            one(test, ThreadLocalRandom.current().nextLong(), round);
            rounds++;
        }
        return rounds;
    }

    private static void one(String test, long seed, Round round) {
        try {
            round.run(seed);
        } catch (Exception | Error e) {
            throw new AssertionError("seed %d failed; replay: mvn -pl store -am test -Dtest=%s -Doikos.seed=%d %s"
                    .formatted(seed, test, seed, "-Dsurefire.failIfNoSpecifiedTests=false"), e);
        }
    }

    /// One round under a seed.
    interface Round {
        void run(long seed) throws Exception;
    }
}
