package home.oikos.dice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// The worked examples of SP 800-90B 6.3.1 to 6.3.4, and sources whose entropy is known.
class EstimatorsTest {
    private static final byte[] BITS = digits("1000111001010101110011000111001010101110");
    private static final Claim PHOTON = new Claim(1, 0.9, 30);

    private static byte[] digits(String text) {
        var samples = new byte[text.length()];
        for (int i = 0; i < samples.length; i++) samples[i] = (byte) (text.charAt(i) - '0');
        return samples;
    }

    @Test
    void mostCommonValueOfTheWorkedExample() {
        assertEquals(0.5363, Estimators.mostCommonValue(digits("01120122010110221021"), 3), 5e-5);
    }

    @Test
    void collisionOfTheWorkedExample() {
        assertEquals(0.4483, Estimators.collision(BITS), 5e-4);
    }

    @Test
    void markovOfTheWorkedExample() {
        assertEquals(0.761, Estimators.markov(BITS), 5e-4);
    }

    @Test
    void compressionOfTheWorkedExample() {
        assertEquals(0.1345, Estimators.compression(digits("100011100101010111001100011100101010111011100011"), 4), 5e-4);
    }

    @Test
    void aSourceOfKnownEntropyIsEstimatedNearItAndNeverMuchAbove() {
        for (double ones : new double[] {0.5, 0.55, 0.65, 0.8, 0.95}) {
            double truth = -Math.log(Math.max(ones, 1 - ones)) / Math.log(2);
            var assessment = Assessment.of(Streams.bytes(Streams.biased(ones, 7), 1_000_000), PHOTON);
            assertTrue(assessment.least() <= truth + 0.01, ones + ": " + assessment);
            assertTrue(assessment.estimates().get("mostCommonValue") >= truth - 0.01, ones + ": " + assessment);
            assertTrue(assessment.estimates().get("markov") >= truth - 0.02, ones + ": " + assessment);
        }
    }

    @Test
    void whatRepeatsOrDependsOnTheBitBeforeHasLessThanItsCountsShow() {
        var sticky = new Random(1);
        var bits = new byte[200_000];
        for (int i = 1; i < bits.length; i++) bits[i] = sticky.nextDouble() < 0.9 ? bits[i - 1] : (byte) (1 - bits[i - 1]);
        var assessment = Assessment.of(bits, PHOTON);
        assertTrue(assessment.estimates().get("mostCommonValue") > 0.9, assessment.toString());
        assertEquals(-Math.log(0.9) / Math.log(2), assessment.estimates().get("markov"), 0.02);
        var constant = Assessment.of(new byte[20_000], PHOTON);
        assertEquals(0, constant.least(), 1e-3);
        assertTrue(constant.estimates().values().stream().allMatch(estimate -> estimate >= 0 && estimate < 0.02), constant.toString());
    }

    @Test
    void theVerdictSaysWhatToDo() {
        assertTrue(Assessment.of(Streams.bytes(Streams.biased(0.52, 3), 1_000_000), new Claim(1, 0.75, 30)).verdict().contains("bear out"));
        assertTrue(Assessment.of(Streams.bytes(Streams.biased(0.7, 3), 1_000_000), PHOTON).verdict().endsWith("look at the circuit"));
        assertTrue(Assessment.of(Streams.bytes(Streams.biased(0.52, 3), 20_000), PHOTON).verdict().endsWith("1,000,000 say more"));
        var whitened = Assessment.of(Streams.whitened(1_000_000), new Claim(8, 4, 30));
        assertTrue(whitened.verdict().contains("take them raw"), whitened.verdict() + whitened);
    }

    @Test
    void tooFewSamplesAndSamplesTooWideAreRefusedInWords() {
        var few = assertThrows(IllegalArgumentException.class, () -> Assessment.of(new byte[9_999], PHOTON));
        assertTrue(few.getMessage().contains("10,000"), few.getMessage());
        var wide = assertThrows(IllegalArgumentException.class, () -> Assessment.of(Streams.bytes(Streams.stuck('1'), 20_000), PHOTON));
        assertTrue(wide.getMessage().contains("samples of 1 bits end at 1"), wide.getMessage());
    }
}
