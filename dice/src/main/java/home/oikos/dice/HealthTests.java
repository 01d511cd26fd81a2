package home.oikos.dice;

import java.util.List;
import java.util.Optional;

/// All tests that run on every raw sample of a source, before anything is made of it. Not for several threads.
public final class HealthTests {
    /// How many samples without an alarm begin a source's life. SP 800-90B 4.3 asks for 1,024; four windows find what is wrong only now and then.
    public static final int START_UP_SAMPLES = 4_096;

    private final List<HealthTest> tests;
    private final int symbols;

    public HealthTests(Claim claim) {
        var cutoffs = Cutoffs.of(claim);
        tests = List.of(new RepetitionTest(cutoffs), new ProportionTest(cutoffs), new PeriodTest(cutoffs));
        symbols = claim.symbols();
    }

    /// @return why the source is not to be believed from this sample on; the tests begin anew then
    public Optional<Alarm> feed(int sample) {
        if (sample < 0 || sample >= symbols) return Optional.of(tooWide(sample));
        for (var test : tests) {
            if (test.trips(sample)) return Optional.of(alarm(test));
        }
        return Optional.empty();
    }

    private Alarm tooWide(int sample) {
        reset();
        return new Alarm("TooWide", "a sample was %d, and the source says that none is above %d".formatted(sample, symbols - 1));
    }

    private Alarm alarm(HealthTest test) {
        var alarm = test.alarm();
        reset();
        return alarm;
    }

    public void reset() {
        tests.forEach(HealthTest::reset);
    }
}
