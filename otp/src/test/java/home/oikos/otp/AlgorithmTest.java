package home.oikos.otp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The vectors of RFC 4226 appendix D, RFC 6238 appendix B and RFC 4648 10, and Debian's `oathtool` as a peer.
class AlgorithmTest {
    private static final String DIGITS = "1234567890";

    private static byte[] key(Algorithm algorithm) {
        return DIGITS.repeat(7).substring(0, algorithm.keyBytes()).getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource({"0, 755224", "1, 287082", "2, 359152", "3, 969429", "4, 338314", "5, 254676", "6, 287922", "7, 162583", "8, 399871", "9, 520489"})
    void hotpIsThatOfRfc4226(long counter, String code) {
        assertEquals(code, Algorithm.SHA1.code(key(Algorithm.SHA1), counter, 6));
    }

    @ParameterizedTest
    @CsvSource({
        "59, 94287082, 46119246, 90693936",
        "1111111109, 07081804, 68084774, 25091201",
        "1111111111, 14050471, 67062674, 99943326",
        "1234567890, 89005924, 91819424, 93441116",
        "2000000000, 69279037, 90698825, 38618901",
        "20000000000, 65353130, 77737706, 47863826"})
    void totpIsThatOfRfc6238WithKeysAsLongAsTheHash(long seconds, String sha1, String sha256, String sha512) {
        assertEquals(sha1, Algorithm.SHA1.code(key(Algorithm.SHA1), seconds / 30, 8));
        assertEquals(sha256, Algorithm.SHA256.code(key(Algorithm.SHA256), seconds / 30, 8));
        assertEquals(sha512, Algorithm.SHA512.code(key(Algorithm.SHA512), seconds / 30, 8));
    }

    @Test
    void oathtoolSaysTheSameOfAnyKeyCounterAndLength() throws Exception {
        var random = new SplittableRandom(4_226);
        for (int i = 0; i < 20; i++) {
            var key = new byte[Algorithm.SHA1.keyBytes()];
            random.nextBytes(key);
            long counter = random.nextLong(Long.MAX_VALUE);
            int digits = 6 + random.nextInt(3);
            var ours = Algorithm.SHA1.code(key, counter, digits);
            assertEquals(oathtool("--counter=" + counter, "--digits=" + digits, HexFormat.of().formatHex(key)), ours, "counter " + counter);
            assertEquals(oathtool("--counter=" + counter, "--digits=" + digits, "--base32", Base32.encode(key)), ours, "by base32");
        }
        for (var algorithm : Algorithm.values()) {
            var key = key(algorithm);
            for (long seconds : new long[] {59, 1_234_567_890, 2_000_000_000}) {
                assertEquals(oathtool("--totp=" + algorithm, "--now=@" + seconds, "--digits=7", HexFormat.of().formatHex(key)),
                        algorithm.code(key, seconds / 30, 7), algorithm + " at " + seconds);
            }
        }
    }

    private static String oathtool(String... words) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(java.util.List.of("oathtool"));
        command.addAll(java.util.List.of(words));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void base32IsThatOfRfc4648(String plain, String encoded) {
        var bytes = plain.getBytes(StandardCharsets.US_ASCII);
        assertEquals(encoded, Base32.encode(bytes));
        assertArrayEquals(bytes, Base32.decode(encoded));
        assertArrayEquals(bytes, Base32.decode(encoded.toLowerCase(java.util.Locale.ROOT) + "===="));
    }

    @Test
    void wrongBase32IsRefusedWithoutBeingRepeated() {
        var refused = assertThrows(IllegalArgumentException.class, () -> Base32.decode("MZXW1YTB"));
        assertTrue(refused.getMessage().contains("place 5") && !refused.getMessage().contains("MZXW"), refused.getMessage());
    }
}
