package home.oikos.dice;

/// What a source says of its raw samples, which nobody but its builder can know: how wide they are and how much of that cannot be guessed.
/// @param sampleBits how many bits a sample has, 1 to 8
/// @param minEntropy bits of min-entropy in one sample: minus the binary logarithm of how often the best guess is right
/// @param alphaExponent a good source is accused wrongly once in 2^this windows
public record Claim(int sampleBits, double minEntropy, int alphaExponent) {
    /// SP 800-90B 4.4 recommends between 2^-20 and 2^-40. At a thousand samples a second 2^-30 is a false alarm in some twelve days of
    /// repetition tests, each healed by a start-up test within seconds.
    public static final int ALPHA_EXPONENT_DEFAULT = 30;
    static final int ALPHA_EXPONENT_MIN = 20;
    static final int ALPHA_EXPONENT_MAX = 40;
    private static final int SAMPLE_BITS_MAX = 8;

    /// @throws IllegalArgumentException when no source can be so, with the reason in words
    public Claim {
        if (sampleBits < 1 || sampleBits > SAMPLE_BITS_MAX) throw new IllegalArgumentException("a sample has 1 to 8 bits, found " + sampleBits);
        if (!(minEntropy > 0)) throw new IllegalArgumentException("a source without entropy is none: minEntropy must be above 0, found " + minEntropy);
        if (minEntropy > sampleBits) {
            throw new IllegalArgumentException("a sample of %d bits cannot hold %s bits of entropy".formatted(sampleBits, minEntropy));
        }
        if (alphaExponent < ALPHA_EXPONENT_MIN || alphaExponent > ALPHA_EXPONENT_MAX) {
            throw new IllegalArgumentException("alphaExponent is %d to %d, found %d".formatted(ALPHA_EXPONENT_MIN, ALPHA_EXPONENT_MAX, alphaExponent));
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
