package home.oikos.pki;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.HKDFParameterSpec;

/// The one secret a home owner writes on paper: 152 random bits and a check byte, shown as eight groups of four characters without
/// I, L, O and U. Only its public half stays on the machine, so a backup can be sealed to it by anyone and opened by its holder alone.
public final class RecoveryKey {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int SECRET_BYTES = 19;
    private static final int CHARACTERS = 32;
    private static final int BITS_PER_CHARACTER = 5;
    /// The base point of Curve25519 (RFC 7748 section 4.1): agreeing with it gives a private key's public half.
    private static final BigInteger BASE_POINT = BigInteger.valueOf(9);

    private final byte[] secret;

    private RecoveryKey(byte[] secret) {
        this.secret = secret;
    }

    public static RecoveryKey generate(SecureRandom random) {
        return new RecoveryKey(AesGcm.randomBytes(SECRET_BYTES, random));
    }

    /// Reads what a person typed: case, blanks and hyphens do not count, O is 0, I and L are 1.
    /// @throws GeneralSecurityException when it cannot be a recovery key, mostly for a typing error
    public static RecoveryKey parse(String typed) throws GeneralSecurityException {
        var text = typed.toUpperCase(Locale.ROOT).replaceAll("[\\s-]", "").replace('O', '0').replace('I', '1').replace('L', '1');
        if (text.length() != CHARACTERS) {
            throw new GeneralSecurityException("a recovery key has 32 characters, this one %d".formatted(text.length()));
        }
        var bits = BigInteger.ZERO;
        for (var character : text.toCharArray()) {
            int value = ALPHABET.indexOf(character);
            if (value < 0) throw new GeneralSecurityException("a recovery key holds no '%c'".formatted(character));
            bits = bits.shiftLeft(BITS_PER_CHARACTER).or(BigInteger.valueOf(value));
        }
        var bytes = fixedLength(bits, SECRET_BYTES + 1);
        var secret = Arrays.copyOf(bytes, SECRET_BYTES);
        if (check(secret) != bytes[SECRET_BYTES]) throw new GeneralSecurityException("the recovery key has a typing error");
        return new RecoveryKey(secret);
    }

    private static byte[] fixedLength(BigInteger number, int length) {
        var bytes = new byte[length];
        var magnitude = number.toByteArray();
        int count = Math.min(magnitude.length, length);
        System.arraycopy(magnitude, magnitude.length - count, bytes, length - count, count);
        return bytes;
    }

    private static byte check(byte[] secret) {
        return derive(secret, "oikos recovery key check", 1)[0];
    }

    /// What is printed once.
    @Override
    public String toString() {
        var withCheck = Arrays.copyOf(secret, SECRET_BYTES + 1);
        withCheck[SECRET_BYTES] = check(secret);
        var bits = new BigInteger(1, withCheck);
        var text = new StringBuilder();
        for (int i = CHARACTERS - 1; i >= 0; i--) {
            text.append(ALPHABET.charAt(bits.shiftRight(i * BITS_PER_CHARACTER).intValue() & 31));
            if (i % 4 == 0 && i > 0) text.append('-');
        }
        return text.toString();
    }

    PrivateKey privateKey() throws GeneralSecurityException {
        var scalar = derive(secret, "oikos recovery key x25519", 32);
        return KeyFactory.getInstance("X25519").generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar));
    }

    /// The half that stays on the machine and seals backups.
    public PublicKey publicKey() throws GeneralSecurityException {
        var little = agree(privateKey(), publicKey(BASE_POINT));
        return publicKey(new BigInteger(1, reversed(little)));
    }

    static PublicKey publicKey(BigInteger u) throws GeneralSecurityException {
        return KeyFactory.getInstance("X25519").generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, u));
    }

    /// A public key as its 32 little-endian bytes (RFC 7748), and back.
    public static byte[] encoded(PublicKey key) {
        return reversed(fixedLength(((XECPublicKey) key).getU(), 32));
    }

    public static PublicKey decoded(byte[] littleEndian) throws GeneralSecurityException {
        return publicKey(new BigInteger(1, reversed(littleEndian)));
    }

    static byte[] agree(PrivateKey ours, PublicKey theirs) throws GeneralSecurityException {
        var agreement = KeyAgreement.getInstance("X25519");
        agreement.init(ours);
        agreement.doPhase(theirs, true);
        return agreement.generateSecret();
    }

    static byte[] derive(byte[] input, String purpose, int bytes) {
        try {
            var parameters = HKDFParameterSpec.ofExtract().addIKM(input).thenExpand(purpose.getBytes(StandardCharsets.UTF_8), bytes);
            return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 25 has HKDF", e);
        }
    }

    private static byte[] reversed(byte[] bytes) {
        var reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) reversed[i] = bytes[bytes.length - 1 - i];
        return reversed;
    }
}
