package home.oikos.dice;

/// Where the health tests of a claim trip (SP 800-90B 4.4). Less entropy claimed makes them looser, not tighter: an honest claim is what they
/// stand on.
/// @param repetition so many equal samples in a row are an alarm
/// @param proportion so many samples of a window equal to its first are one
/// @param window samples in a window
/// @param prediction so many samples of a window equal to the one a fixed distance before are one
public record Cutoffs(int repetition, int proportion, int window, int prediction) {
    private static final int WINDOW_BINARY = 1_024;
    private static final int WINDOW_OTHER = 512;

    public static Cutoffs of(Claim claim) {
        int window = claim.sampleBits() == 1 ? WINDOW_BINARY : WINDOW_OTHER;
        int repetition = 1 + (int) Math.ceil(claim.alphaExponent() / claim.minEntropy());
        // The chance is shared among the distances, so that all of them together accuse as seldom as one test.
        return new Cutoffs(repetition, cutoff(claim, window, claim.alpha()), window, cutoff(claim, window, claim.alpha() / PeriodTest.DISTANCES));
    }

    private static int cutoff(Claim claim, int window, double alpha) {
        return 1 + Binomial.critical(window, claim.guess(), alpha);
    }
}
