package home.oikos.dice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The cutoffs of SP 800-90B 4.4.1 and 4.4.2: its worked example (11), and values that independent implementations give.
class CutoffsTest {
    @ParameterizedTest
    @CsvSource({"1, 1, 20, 21, 589", "1, 0.8, 20, 26, 664", "1, 0.6, 20, 35, 748", "1, 0.4, 20, 51, 840", "1, 0.2, 20, 101, 941",
        "8, 8, 20, 4, 13", "8, 7, 20, 4, 18", "8, 4, 20, 6, 62", "8, 1, 20, 21, 311", "8, 2, 20, 11, 177", "1, 1, 30, 31, 609",
        "8, 1, 30, 31, 325", "8, 4, 30, 9, 71"})
    void cutoffsAreThoseOfTheStandard(int bits, double entropy, int exponent, int repetition, int proportion) {
        var cutoffs = Cutoffs.of(new Claim(bits, entropy, exponent));
        assertEquals(repetition, cutoffs.repetition());
        assertEquals(proportion, cutoffs.proportion());
        assertEquals(bits == 1 ? 1_024 : 512, cutoffs.window());
    }

    @Test
    void lessEntropyClaimedIsLooserAndTheLeastClaimStillLeavesEveryTestAble() {
        for (int bits = 1; bits <= 8; bits++) {
            Cutoffs tighter = null;
            for (double entropy = bits; entropy >= Claim.MIN_ENTROPY_MIN; entropy -= 0.05) {
                var cutoffs = Cutoffs.of(new Claim(bits, entropy, Claim.ALPHA_EXPONENT_MAX));
                assertTrue(cutoffs.proportion() <= cutoffs.window() && cutoffs.prediction() <= cutoffs.window(), bits + " bits, " + entropy);
                assertTrue(cutoffs.prediction() >= cutoffs.proportion(), "shared among the distances, it accuses less often");
                if (tighter != null) assertTrue(cutoffs.proportion() >= tighter.proportion() && cutoffs.repetition() >= tighter.repetition());
                tighter = cutoffs;
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0 | 1 | 30 | sampleBits", "9 | 1 | 30 | sampleBits", "1 | 0 | 30 | at least 0.1", "1 | -1 | 30 | at least 0.1",
        "1 | NaN | 30 | at least 0.1", "1 | 1e-9 | 30 | at least 0.1", "1 | 1.01 | 30 | cannot hold", "1 | Infinity | 30 | cannot hold",
        "8 | 8.5 | 30 | cannot hold", "1 | 1 | 19 | alphaExponent", "1 | 1 | 41 | alphaExponent"})
    void aClaimThatCannotBeIsRefusedInWords(int bits, double entropy, int exponent, String word) {
        var refused = assertThrows(IllegalArgumentException.class, () -> new Claim(bits, entropy, exponent));
        assertTrue(refused.getMessage().contains(word), refused.getMessage());
    }
}
