package home.oikos.pki;

import home.oikos.base.Sha256;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// Signs and verifies JSON web tokens (RFC 7519, ES256) with one key pair. It knows nothing of claims: they are bytes here.
/// The header is compared, never interpreted, so no token can choose its algorithm or key. Safe for use by several threads.
public final class TokenKeys {
    /// The longest token looked at. Ours are about 1 KiB; headers of 8 KiB are what servers commonly stop at.
    public static final int TOKEN_CHARACTERS_MAX = 8 * 1024;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final int COORDINATE_BYTES = 32;

    private final PrivateKey privateKey;
    private final PublicKey publicKey;
    private final String keyId;
    private final String header;

    private TokenKeys(PrivateKey privateKey, ECPublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
        keyId = thumbprint(publicKey);
        header = ENCODER.encodeToString("{\"alg\":\"ES256\",\"kid\":\"%s\"}".formatted(keyId).getBytes(StandardCharsets.US_ASCII));
    }

    /// The keys in NAME.key of the directory, or new ones written there.
    public static TokenKeys open(Path directory, String name, SecureRandom random) throws IOException, GeneralSecurityException {
        var file = directory.resolve(name + ".key");
        if (!Files.exists(file)) SecretFile.write(file, both(random));
        var text = Files.readString(file);
        return new TokenKeys(Pem.ecPrivateKey(text), (ECPublicKey) Pem.publicKey("EC", text));
    }

    /// Both halves go into one file: Java cannot compute the public one from the private.
    private static byte[] both(SecureRandom random) {
        var keys = Es256.generate(random);
        return (Pem.privateKey(keys.getPrivate()) + Pem.publicKey(keys.getPublic())).getBytes(StandardCharsets.US_ASCII);
    }

    /// @param claims a JSON object
    public String sign(byte[] claims) {
        var signed = header + "." + ENCODER.encodeToString(claims);
        try {
            return signed + "." + ENCODER.encodeToString(Es256.sign(privateKey, signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("our own key signs", e);
        }
    }

    /// The claims of a token that this key signed; empty for anything else, whatever it looks like.
    public Optional<byte[]> verify(String token) {
        if (token.length() > TOKEN_CHARACTERS_MAX || !token.startsWith(header + ".")) return Optional.empty();
        int end = token.lastIndexOf('.');
        if (end == header.length()) return Optional.empty();
        try {
            var signature = DECODER.decode(token.substring(end + 1));
            if (!Es256.verifies(publicKey, token.substring(0, end).getBytes(StandardCharsets.UTF_8), signature)) return Optional.empty();
            return Optional.of(DECODER.decode(token.substring(header.length() + 1, end)));
        } catch (IllegalArgumentException | GeneralSecurityException notOurs) {
            return Optional.empty();
        }
    }

    /// The public key for others to verify with (RFC 7517), one JSON document.
    public String jwks() {
        var point = ((ECPublicKey) publicKey).getW();
        return """
                {"keys":[{"use":"sig","kty":"EC","kid":"%s","crv":"P-256","alg":"ES256","x":"%s","y":"%s"}]}""".formatted(keyId,
                coordinate(point.getAffineX()), coordinate(point.getAffineY()));
    }

    /// The key's id is its thumbprint (RFC 7638): the same key has the same id everywhere.
    private static String thumbprint(ECPublicKey key) {
        var canonical = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}".formatted(coordinate(key.getW().getAffineX()),
                coordinate(key.getW().getAffineY()));
        return ENCODER.encodeToString(Sha256.of(canonical));
    }

    private static String coordinate(BigInteger number) {
        var magnitude = number.toByteArray();
        int skip = Math.max(0, magnitude.length - COORDINATE_BYTES);
        var fixed = new byte[COORDINATE_BYTES];
        var bytes = Arrays.copyOfRange(magnitude, skip, magnitude.length);
        System.arraycopy(bytes, 0, fixed, COORDINATE_BYTES - bytes.length, bytes.length);
        return ENCODER.encodeToString(fixed);
    }
}
