package home.oikos.pki;

import static org.junit.jupiter.api.Assertions.*;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenKeysTest {
    private static final String CLAIMS = "{\"sub\":\"robot\"}";
    private final SecureRandom random = new SecureRandom();
    private TokenKeys keys;

    @TempDir
    Path directory;

    @BeforeEach
    void open() throws Exception {
        keys = TokenKeys.open(directory, "token", random);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void ownTokenVerifiesAlsoAfterARestart() throws Exception {
        var token = keys.sign(CLAIMS.getBytes(StandardCharsets.UTF_8));
        var again = TokenKeys.open(directory, "token", random);
        assertEquals(CLAIMS, new String(again.verify(token).orElseThrow(), StandardCharsets.UTF_8));
    }

    @Test
    void everyChangedCharacterOfATokenIsNoticed() {
        var token = keys.sign(CLAIMS.getBytes(StandardCharsets.UTF_8));
        // Six bits of the last character lie beyond the signature in part; base64 readers ignore them, so it is left out.
        for (int i = 0; i < token.length() - 1; i++) {
            var changed = token.substring(0, i) + (token.charAt(i) == 'A' ? 'B' : 'A') + token.substring(i + 1);
            assertEquals(Optional.empty(), keys.verify(changed), "character " + i);
        }
        assertEquals(Optional.empty(), keys.verify(token + "x"));
    }

    @Test
    void algorithmNoneAndOtherAlgorithmsAndForeignKeysAreRefused(@TempDir Path elsewhere) throws Exception {
        var signed = keys.sign(CLAIMS.getBytes(StandardCharsets.UTF_8));
        var signature = signed.substring(signed.lastIndexOf('.') + 1);
        assertEquals(Optional.empty(), keys.verify(base64("{\"alg\":\"none\"}") + "." + base64(CLAIMS) + "."));
        assertEquals(Optional.empty(), keys.verify(base64("{\"alg\":\"HS256\"}") + "." + base64(CLAIMS) + "." + signature));
        var foreign = TokenKeys.open(elsewhere, "token", random).sign(CLAIMS.getBytes(StandardCharsets.UTF_8));
        assertEquals(Optional.empty(), keys.verify(foreign));
        var header = signed.substring(0, signed.indexOf('.'));
        assertEquals(Optional.empty(), keys.verify(header + foreign.substring(foreign.indexOf('.'))));
    }

    @Test
    void zeroSignatureIsRefused() {
        // CVE-2022-21449: r = s = 0 once verified for any content.
        var signed = keys.sign(CLAIMS.getBytes(StandardCharsets.UTF_8));
        var zero = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]);
        assertEquals(Optional.empty(), keys.verify(signed.substring(0, signed.lastIndexOf('.') + 1) + zero));
    }

    @Test
    void nonsenseIsRefusedQuietly() {
        for (var nonsense : new String[] {"", ".", "..", "...", "a.b.c", "ü.ü.ü", "x".repeat(100_000)}) {
            assertEquals(Optional.empty(), keys.verify(nonsense));
        }
        var header = keys.sign(new byte[0]).split("\\.")[0];
        for (var rest : new String[] {"", ".", "..", ".*.*", "." + "A".repeat(TokenKeys.TOKEN_CHARACTERS_MAX)}) {
            assertEquals(Optional.empty(), keys.verify(header + rest));
        }
    }

    @Test
    void publishedKeyIsTheOneThatSigns() throws Exception {
        var jwks = keys.jwks();
        var generator = java.security.AlgorithmParameters.getInstance("EC");
        generator.init(new java.security.spec.ECGenParameterSpec("secp256r1"));
        var point = new java.security.spec.ECPoint(coordinate(jwks, "x"), coordinate(jwks, "y"));
        var curve = generator.getParameterSpec(java.security.spec.ECParameterSpec.class);
        var key = java.security.KeyFactory.getInstance("EC").generatePublic(new java.security.spec.ECPublicKeySpec(point, curve));
        var token = keys.sign(CLAIMS.getBytes(StandardCharsets.UTF_8));
        int end = token.lastIndexOf('.');
        assertTrue(Es256.verifies(key, token.substring(0, end).getBytes(), Base64.getUrlDecoder().decode(token.substring(end + 1))));
    }

    private static BigInteger coordinate(String jwks, String name) {
        var start = jwks.indexOf("\"" + name + "\":\"") + name.length() + 4;
        return new BigInteger(1, Base64.getUrlDecoder().decode(jwks.substring(start, jwks.indexOf('"', start))));
    }
}
