package home.oikos.dice;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// A source that begins twice with the same samples is a recording, or a program that starts from the same seed: no other test can see that.
final class ReplayTest implements HealthTest {
    /// With less entropy than this in a beginning, chance could repeat it.
    private static final double ENTROPY_BITS_MIN = 80;

    private final MessageDigest digest;
    private final boolean tells;
    private byte[] beginning;
    private int count;

    ReplayTest(Claim claim) {
        tells = claim.minEntropy() * HealthTests.START_UP_SAMPLES >= ENTROPY_BITS_MIN;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    @Override
    public boolean trips(int sample) {
        if (!tells || count == HealthTests.START_UP_SAMPLES) return false;
        digest.update((byte) sample);
        if (++count < HealthTests.START_UP_SAMPLES) return false;
        var before = beginning;
        beginning = digest.digest();
        return Arrays.equals(before, beginning);
    }

    /// The next sample begins anew; the last beginning is remembered.
    @Override
    public void reset() {
        count = 0;
        digest.reset();
    }

    @Override
    public Alarm alarm() {
        return new Alarm("Replayed", "it began with the same %,d samples as the time before".formatted(HealthTests.START_UP_SAMPLES));
    }
}
