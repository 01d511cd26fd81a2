package home.oikos.dice;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Condenses raw samples into blocks of full entropy with a vetted function, HMAC-SHA-256 (SP 800-90B 3.1.5). As much entropy goes in as comes out,
/// and 64 bits more (SP 800-90C), by what the source claims. Not for several threads.
final class Conditioner {
    static final int BLOCK_BYTES = 32;
    private static final int ENTROPY_BITS = BLOCK_BYTES * 8 + 64;

    private final Mac mac;
    private final int samplesNeeded;
    private int samples;

    /// @param key need not be secret; that of one source differs from that of another
    Conditioner(Claim claim, byte[] key) {
        samplesNeeded = (int) Math.ceil(ENTROPY_BITS / claim.minEntropy());
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /// How many samples make a block.
    int samplesNeeded() {
        return samplesNeeded;
    }

    /// @return a block, with the sample that completes it
    Optional<byte[]> feed(int sample) {
        mac.update((byte) sample);
        if (++samples < samplesNeeded) return Optional.empty();
        samples = 0;
        return Optional.of(mac.doFinal());
    }

    /// Forgets what was begun: its source is no longer believed.
    void reset() {
        samples = 0;
        mac.reset();
    }
}
