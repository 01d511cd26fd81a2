package home.oikos.dice;

/// A test of our own beside the two of SP 800-90B, which a source that alternates 0 and 1 would pass (4.5 invites such tests): does a sample equal
/// the one a fixed distance before too often? Whoever guesses so is right at most as often as the claim allows, so the adaptive proportion test's
/// arithmetic holds for each distance.
final class PeriodTest implements HealthTest {
    /// Finds every period up to this, and mains hum sampled slowly enough. Costs about ten nanoseconds a sample.
    static final int DISTANCES = 32;

    private final Cutoffs cutoffs;
    private final int[] equal = new int[DISTANCES];
    /// The last samples, newest first at `at`, written twice so that they lie in one row.
    private final int[] history = new int[2 * DISTANCES];
    private int at;
    private int known;
    private int seen;
    private int worst;

    PeriodTest(Cutoffs cutoffs) {
        this.cutoffs = cutoffs;
    }

    @Override
    public boolean trips(int sample) {
        if (known == DISTANCES) {
            if (seen == cutoffs.window()) begin();
            seen++;
            for (int i = 0; i < DISTANCES; i++) equal[i] += history[at + i] == sample ? 1 : 0;
        } else {
            known++;
        }
        at = at == 0 ? DISTANCES - 1 : at - 1;
        history[at] = sample;
        history[at + DISTANCES] = sample;
        return seen >= cutoffs.prediction() && isPeriodic();
    }

    private boolean isPeriodic() {
        for (int i = 0; i < DISTANCES; i++) {
            if (equal[i] < cutoffs.prediction()) continue;
            worst = i;
            return true;
        }
        return false;
    }

    private void begin() {
        seen = 0;
        java.util.Arrays.fill(equal, 0);
    }

    @Override
    public void reset() {
        known = 0;
        begin();
    }

    @Override
    public Alarm alarm() {
        return new Alarm("Periodic", "%d of %d samples were what came %d before; below %d are allowed in %d"
                .formatted(equal[worst], seen, worst + 1, cutoffs.prediction(), cutoffs.window()));
    }
}
