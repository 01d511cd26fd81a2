package home.oikos.pki;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-256 in Galois/Counter mode (NIST SP 800-38D). A nonce is drawn for every message: safe for 2^32 messages a key.
final class AesGcm {
    static final int KEY_BYTES = 32;
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;

    private AesGcm() { }

    static SecretKey key(byte[] bytes) {
        if (bytes.length != KEY_BYTES) throw new IllegalArgumentException("expected a key of 32 bytes, found %d".formatted(bytes.length));
        return new SecretKeySpec(bytes, "AES");
    }

    static byte[] randomBytes(int count, SecureRandom random) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /// A fresh nonce, the ciphertext and its tag.
    /// @param context what the message belongs to; opening it elsewhere fails
    static byte[] seal(SecretKey key, byte[] context, byte[] plain, SecureRandom random) throws GeneralSecurityException {
        var nonce = randomBytes(NONCE_BYTES, random);
        var sealed = Arrays.copyOf(nonce, NONCE_BYTES + plain.length + TAG_BYTES);
        cipher(Cipher.ENCRYPT_MODE, key, nonce, context).doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
        return sealed;
    }

    /// @throws GeneralSecurityException when key or context are not those it was sealed with, or a bit was changed
    static byte[] open(SecretKey key, byte[] context, byte[] sealed) throws GeneralSecurityException {
        if (sealed.length < NONCE_BYTES + TAG_BYTES) throw new GeneralSecurityException("sealed bytes are cut short");
        var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        return cipher(Cipher.DECRYPT_MODE, key, nonce, context).doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    }

    static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] context) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(context);
        return cipher;
    }
}
