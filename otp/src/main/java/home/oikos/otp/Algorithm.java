package home.oikos.otp;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The hash functions of RFC 6238 1.2. A secret is as long as the hash: the RFC's test vectors have such, and a shorter one is a trap.
enum Algorithm {
    SHA1(20), SHA256(32), SHA512(64);

    private static final int SIGN_BIT_CLEARED = 0x7fffffff;

    private final int keyBytes;

    Algorithm(int keyBytes) {
        this.keyBytes = keyBytes;
    }

    int keyBytes() {
        return keyBytes;
    }

    /// HOTP (RFC 4226 5.3) of a counter, or TOTP of a time step.
    /// @param digits 6 to 8
    String code(byte[] key, long counter, int digits) {
        var hash = hash(key, counter);
        int offset = hash[hash.length - 1] & 0xf;
        int number = 0;
        for (int i = 0; i < 4; i++) number = number << 8 | hash[offset + i] & 0xff;
        int modulus = (int) Math.pow(10, digits);
        return ("%0" + digits + "d").formatted((number & SIGN_BIT_CLEARED) % modulus);
    }

    private byte[] hash(byte[] key, long counter) {
        try {
            var mac = Mac.getInstance("Hmac" + name());
            mac.init(new SecretKeySpec(key, "RAW"));
            return mac.doFinal(java.nio.ByteBuffer.allocate(Long.BYTES).putLong(counter).array());
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
