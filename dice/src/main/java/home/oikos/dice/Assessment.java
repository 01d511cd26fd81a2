package home.oikos.dice;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the estimators say of captured samples, beside what their source declares.
/// @param estimates bits of min-entropy a sample, by the estimator's name
public record Assessment(int samples, int sampleBits, double declared, Map<String, Double> estimates) {
    /// What SP 800-90B 3.1.1 asks for.
    public static final int SAMPLES_WANTED = 1_000_000;
    /// With fewer than this the intervals are so wide that they say nothing.
    public static final int SAMPLES_MIN = 10_000;
    /// Raw noise shows its physics. A source that declares clearly less than it shows may be giving us something already whitened.
    private static final double WHITENED = 1.1;

    public Assessment {
        estimates = Collections.unmodifiableMap(new LinkedHashMap<>(estimates));
    }

    /// @param raw one sample a byte
    /// @throws IllegalArgumentException when there are too few, or one is too wide
    public static Assessment of(byte[] raw, Claim claim) {
        if (raw.length < SAMPLES_MIN) throw new IllegalArgumentException("at least %,d samples are needed, found %,d".formatted(SAMPLES_MIN, raw.length));
        for (var sample : raw) {
            if ((sample & 0xff) >= claim.symbols()) {
                throw new IllegalArgumentException("a sample is %d, and samples of %d bits end at %d".formatted(sample & 0xff, claim.sampleBits(),
                        claim.symbols() - 1));
            }
        }
        var bits = bits(raw, claim.sampleBits());
        var estimates = new LinkedHashMap<String, Double>();
        estimates.put("mostCommonValue", Estimators.mostCommonValue(raw, claim.symbols()));
        estimates.put("collision", claim.sampleBits() * Estimators.collision(bits));
        estimates.put("markov", claim.sampleBits() * Estimators.markov(bits));
        estimates.put("compression", claim.sampleBits() * Estimators.compression(bits, Estimators.DICTIONARY_BLOCKS));
        return new Assessment(raw.length, claim.sampleBits(), claim.minEntropy(), estimates);
    }

    private static byte[] bits(byte[] raw, int width) {
        var bits = new byte[raw.length * width];
        for (int i = 0; i < bits.length; i++) bits[i] = (byte) (raw[i / width] >> (width - 1 - i % width) & 1);
        return bits;
    }

    /// The least of all: the most that may be declared.
    public double least() {
        return estimates.values().stream().mapToDouble(Double::doubleValue).min().orElse(0);
    }

    /// For the owner, in a sentence.
    public String verdict() {
        if (declared > least()) {
            return "declared %.3f bits a sample, and these samples show at most %.3f: declare less, or look at the circuit%s".formatted(declared, least(),
                    samples < SAMPLES_WANTED ? "; the bounds of so few samples are wide, %,d say more".formatted(SAMPLES_WANTED) : "");
        }
        if (least() > WHITENED * declared && least() > 0.9 * sampleBits) {
            return ("declared %.3f bits a sample, and these look like nearly all of %d: if something whitens them before they come here, the health tests "
                    + "cannot see the source fail; take them raw").formatted(declared, sampleBits);
        }
        return "declared %.3f bits a sample, which these samples bear out (at most %.3f)".formatted(declared, least());
    }
}
