package home.oikos.dice;

/// The repetition count test (SP 800-90B 4.4.1): a source that is stuck says the same again and again.
final class RepetitionTest implements HealthTest {
    private final int cutoff;
    private int last = -1;
    private int count;

    RepetitionTest(Cutoffs cutoffs) {
        this.cutoff = cutoffs.repetition();
    }

    @Override
    public boolean trips(int sample) {
        count = sample == last ? count + 1 : 1;
        last = sample;
        return count >= cutoff;
    }

    @Override
    public void reset() {
        last = -1;
        count = 0;
    }

    @Override
    public Alarm alarm() {
        return new Alarm("Stuck", "%d times the same sample in a row; %d are allowed".formatted(count, cutoff - 1));
    }
}
