package home.oikos.dice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Streams that go wrong in every way are found within the tests' bounds; good ones are accused no more often than alpha says. What it took is
/// printed beside the cutoffs.
class HealthTestsTest {
    private static final Claim PHOTON = new Claim(1, 0.9, 30);
    /// 10^8 in a soak.
    private static final int GOOD_SAMPLES = Boolean.getBoolean("oikos.soak") ? 100_000_000 : 10_000_000;

    private static int tell(String what, Claim claim, int delay, int bound) {
        var cutoffs = Cutoffs.of(claim);
        System.out.printf("%-38s found after %,7d samples, bound %,7d; cutoffs of H=%.1f: %d in a row, %d and %d of %d%n", what, delay, bound,
                claim.minEntropy(), cutoffs.repetition(), cutoffs.proportion(), cutoffs.prediction(), cutoffs.window());
        return delay;
    }

    /// All are found within the bound; what the slowest took is told.
    private static void found(String what, Claim claim, int bound, IntStream seeds, IntFunction<IntSupplier> streams) {
        var slowest = seeds.map(seed -> {
            int delay = Streams.alarmAt(claim, streams.apply(seed), bound);
            assertTrue(delay > 0, what + " " + seed + " is not found within " + bound);
            return delay;
        }).max();
        tell(what, claim, slowest.orElseThrow(), bound);
    }

    @ParameterizedTest
    @CsvSource({"1, 1.0, 20", "1, 0.9, 30", "1, 0.1, 40", "8, 8.0, 20", "8, 1.0, 30", "4, 2.5, 30"})
    void aStuckSourceIsFoundWithTheSampleOfItsCutoff(int bits, double entropy, int exponent) {
        var claim = new Claim(bits, entropy, exponent);
        int cutoff = Cutoffs.of(claim).repetition();
        assertEquals(Math.min(cutoff, Cutoffs.of(claim).proportion()), tell("stuck", claim, Streams.alarmAt(claim, Streams.stuck(1), 2 * cutoff), cutoff));
    }

    @Test
    void aBiasedSourceIsFoundWithinAWindowThatBeginsWithItsCommonValue() {
        // Each window begins with the rare value once in ten: four in a row do so once in ten thousand.
        found("biased, 90 % ones", PHOTON, 4 * 1_024, IntStream.range(0, 100), seed -> Streams.biased(0.9, seed));
    }

    @Test
    void aPeriodicSourceIsFoundWithinAWindow() {
        int bound = PeriodTest.DISTANCES + Cutoffs.of(PHOTON).window();
        found("0 and 1 in turn", PHOTON, bound, IntStream.of(0), _ -> Streams.periodic(0, 1));
        found("periods of 3 to 32", PHOTON, bound, IntStream.rangeClosed(3, PeriodTest.DISTANCES), period -> Streams.periodic(Streams.pattern(period, period)));
        found("a counter of bytes mod 32", new Claim(8, 4, 30), PeriodTest.DISTANCES + 512, IntStream.of(0), _ -> Streams.periodic(counter(32)));
    }

    private static int[] counter(int to) {
        var counter = new int[to];
        for (int i = 0; i < to; i++) counter[i] = i;
        return counter;
    }

    @Test
    void aDriftingSourceIsFoundBeforeItIsWorseThanTheCutoffByFiveDeviations() {
        int span = 1_000_000;
        double share = Cutoffs.of(PHOTON).proportion() / 1_024.0;
        double worst = share + 5 * Math.sqrt(share * (1 - share) / 1_024);
        found("drifting to always 1", PHOTON, (int) ((worst - 0.5) * 2 * span), IntStream.range(0, 10), seed -> Streams.drifting(span, seed));
    }

    @Test
    void samplesWiderThanDeclaredAreFoundAtOnce() {
        found("a byte where a bit is declared", PHOTON, 1, IntStream.of('1'), Streams::stuck);
    }

    @Test
    void ofWhatWasWhitenedBeforeItCameNothingIsFoundHoweverDeadItIs() {
        var dead = Streams.whitened(1 << 16);
        var at = new int[1];
        assertEquals(0, Streams.alarmAt(new Claim(8, 7, 30), () -> dead[at[0]++] & 0xff, dead.length), "that is why tests look at raw samples");
    }

    @ParameterizedTest
    @CsvSource({"1, 1.0, 20", "1, 0.8, 20", "1, 0.2, 20", "8, 8.0, 20", "8, 4.0, 20", "1, 0.9, 30"})
    void goodSamplesAreNotAccusedMoreOftenThanAlpha(int bits, double entropy, int exponent) {
        var claim = new Claim(bits, entropy, exponent);
        var tests = new HealthTests(claim);
        var samples = Streams.good(claim, 20_260_101);
        var alarms = new TreeMap<String, Integer>();
        for (int i = 0; i < GOOD_SAMPLES; i++) tests.feed(samples.getAsInt()).ifPresent(alarm -> alarms.merge(alarm.reason(), 1, Integer::sum));
        // A row may begin with every sample; the two others judge once a window.
        double expected = GOOD_SAMPLES * claim.alpha() * (1 + 2.0 / Cutoffs.of(claim).window());
        int count = alarms.values().stream().mapToInt(Integer::intValue).sum();
        System.out.printf("%,d good samples of %d bits, H=%.1f, alpha 2^-%d: %d false alarms %s, at most %.1f expected%n", GOOD_SAMPLES, bits, entropy,
                exponent, count, alarms, expected);
        assertTrue(count <= expected + 5 * Math.sqrt(expected) + 1, count + " alarms, expected at most " + expected);
    }

    @Test
    void eachTestSaysWhatItFound() {
        assertEquals("Stuck", first(Streams.stuck(0)).reason());
        assertTrue(first(Streams.stuck(0)).message().startsWith("35 times the same sample in a row; 34 are allowed"), first(Streams.stuck(0)).message());
        assertEquals("Biased", first(Streams.biased(0.72, 1)).reason());
        assertEquals("Periodic", first(Streams.periodic(0, 1)).reason());
        assertEquals("TooWide", first(Streams.stuck(2)).reason());
    }

    private static Alarm first(IntSupplier samples) {
        var tests = new HealthTests(PHOTON);
        for (int i = 0; i < 10_000; i++) {
            var alarm = tests.feed(samples.getAsInt());
            if (alarm.isPresent()) return alarm.get();
        }
        throw new AssertionError("no alarm");
    }
}
