package home.oikos.dice;

/// The adaptive proportion test (SP 800-90B 4.4.2): one value comes far more often than the claim allows.
final class ProportionTest implements HealthTest {
    private final Cutoffs cutoffs;
    private int wanted;
    private int seen;
    private int count;

    ProportionTest(Cutoffs cutoffs) {
        this.cutoffs = cutoffs;
    }

    @Override
    public boolean trips(int sample) {
        if (seen == cutoffs.window()) seen = 0;
        if (seen == 0) {
            wanted = sample;
            count = 0;
        }
        seen++;
        if (sample == wanted) count++;
        return count >= cutoffs.proportion();
    }

    @Override
    public void reset() {
        seen = 0;
    }

    @Override
    public Alarm alarm() {
        return new Alarm("Biased", "the value %d came %d times in %d samples; below %d are allowed in %d"
                .formatted(wanted, count, seen, cutoffs.proportion(), cutoffs.window()));
    }
}
