package home.oikos.dice;

/// What a source says of its raw samples, which nobody but its builder can know: how wide they are and how much of that cannot be guessed.
/// @param sampleBits how many bits a sample has, 1 to 8
/// @param minEntropy bits of min-entropy in one sample: minus the binary logarithm of how often the best guess is right
/// @param alphaExponent a good source is accused wrongly once in 2^this windows
public record Claim(int sampleBits, double minEntropy, int alphaExponent) {
    /// SP 800-90B 4.4 recommends between 2^-20 and 2^-40. At two thousand samples a second, each of which may end a row of equal ones, 2^-30 is
    /// a false alarm in some six days at worst, healed by a start-up test within seconds.
    public static final int ALPHA_EXPONENT_DEFAULT = 30;
    static final int ALPHA_EXPONENT_MIN = 20;
    static final int ALPHA_EXPONENT_MAX = 40;
    private static final int SAMPLE_BITS_MAX = 8;
    /// With less than this a whole window of equal samples is no surprise (2^-51 in 512 samples, where 2^-40 may be asked for), and the adaptive
    /// proportion test would see nothing at all. Less claimed makes the tests looser, not tighter.
    static final double MIN_ENTROPY_MIN = 0.1;

    /// @throws IllegalArgumentException when no source can be so, with the reason in words
    public Claim {
        if (sampleBits < 1 || sampleBits > SAMPLE_BITS_MAX) throw new IllegalArgumentException("sampleBits: expected 1 to 8, found " + sampleBits);
        if (!(minEntropy >= MIN_ENTROPY_MIN)) {
            throw new IllegalArgumentException("minEntropy: expected at least %s bits a sample, below which the health tests see nothing, found %s"
                    .formatted(MIN_ENTROPY_MIN, minEntropy));
        }
        if (minEntropy > sampleBits) {
            throw new IllegalArgumentException("minEntropy: a sample of %d bits cannot hold %s bits of entropy".formatted(sampleBits, minEntropy));
        }
        if (alphaExponent < ALPHA_EXPONENT_MIN || alphaExponent > ALPHA_EXPONENT_MAX) {
            throw new IllegalArgumentException("alphaExponent: expected %d to %d, found %d".formatted(ALPHA_EXPONENT_MIN, ALPHA_EXPONENT_MAX,
                    alphaExponent));
        }
    }

    /// How often the best guess at a sample is right.
    double guess() {
        return Math.pow(2, -minEntropy);
    }

    double alpha() {
        return Math.pow(2, -alphaExponent);
    }

    int symbols() {
        return 1 << sampleBits;
    }
}
