package home.oikos.pki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// The key that wraps every data key of a home, and seals nothing else. It comes from a file (in the home's directory, or on a
/// stick) or from a passphrase. Immutable.
public final class RootKey {
    /// OWASP's figure for PBKDF2-HMAC-SHA512 is 210,000; this takes about half a second on a Raspberry Pi, once at start.
    private static final int PASSPHRASE_ITERATIONS = 400_000;
    private static final int SALT_BYTES = 16;

    private final SecretKey key;

    private RootKey(SecretKey key) {
        this.key = key;
    }

    /// The key in that file, or a new one written there (0600).
    /// @throws GeneralSecurityException when the file holds something else: a wrong file must not be overwritten
    public static RootKey inFile(Path file, SecureRandom random) throws IOException, GeneralSecurityException {
        if (!Files.exists(file)) SecretFile.write(file, base64(AesGcm.randomBytes(AesGcm.KEY_BYTES, random)));
        return new RootKey(AesGcm.key(decoded(file, AesGcm.KEY_BYTES)));
    }

    /// The key that a passphrase and the salt in that file give; a new salt is written when there is none.
    public static RootKey ofPassphrase(char[] passphrase, Path saltFile, SecureRandom random) throws IOException, GeneralSecurityException {
        if (!Files.exists(saltFile)) SecretFile.write(saltFile, base64(AesGcm.randomBytes(SALT_BYTES, random)));
        var parameters = new PBEKeySpec(passphrase, decoded(saltFile, SALT_BYTES), PASSPHRASE_ITERATIONS, AesGcm.KEY_BYTES * Byte.SIZE);
        var derived = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(parameters).getEncoded();
        parameters.clearPassword();
        return new RootKey(AesGcm.key(derived));
    }

    private static byte[] base64(byte[] bytes) {
        return (Base64.getEncoder().encodeToString(bytes) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] decoded(Path file, int bytes) throws IOException, GeneralSecurityException {
        try {
            var decoded = Base64.getDecoder().decode(Files.readString(file).strip());
            if (decoded.length == bytes) return decoded;
            throw new GeneralSecurityException("%s: expected a key of %d bytes, found %d".formatted(file, bytes, decoded.length));
        } catch (IllegalArgumentException | java.nio.charset.MalformedInputException e) {
            throw new GeneralSecurityException("%s: expected one line of base64".formatted(file), e);
        }
    }

    byte[] wrap(byte[] plain, String context, SecureRandom random) throws GeneralSecurityException {
        return AesGcm.seal(key, context.getBytes(StandardCharsets.UTF_8), plain, random);
    }

    byte[] unwrap(byte[] wrapped, String context) throws GeneralSecurityException {
        return AesGcm.open(key, context.getBytes(StandardCharsets.UTF_8), wrapped);
    }
}
