package home.oikos.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignersTest {
    private final TestKey vendor = TestKey.ed25519("vendor");
    private final TestKey shop = TestKey.ed25519("shop");

    private static String complaint(Firmware firmware, JsonObject model) {
        return Signers.read(model).complaint(firmware).map(Verdict::reason).orElse("none");
    }

    @ParameterizedTest
    @EnumSource
    void aSignatureOfEachAlgorithmHolds(SignatureAlgorithm algorithm) {
        var key = TestKey.of("key", algorithm);
        assertEquals("none", complaint(TestKey.signed(TestKey.unsigned("2.1.0"), key), TestKey.model(key)));
        assertEquals("BadSignature", complaint(TestKey.signed(TestKey.unsigned("2.1.0"), key), TestKey.model(TestKey.of("key", algorithm))));
    }

    @Test
    void withoutKeysOrSignaturesNothingIsBelieved() {
        assertEquals("NoKeys", complaint(TestKey.signed(TestKey.unsigned("2.1.0"), vendor), TestKey.model()));
        assertEquals("Unsigned", complaint(TestKey.unsigned("2.1.0"), TestKey.model(vendor)));
    }

    @Test
    void aThresholdCountsKeysAndNotNames() {
        var twice = new TestKey("vendor-again", vendor.algorithm(), vendor.pair());
        var model = TestKey.model(vendor, twice, shop).with("threshold", 2);
        assertEquals("TooFewSignatures", complaint(TestKey.signed(TestKey.unsigned("2.1.0"), vendor), model));
        assertEquals("TooFewSignatures", complaint(TestKey.signed(TestKey.unsigned("2.1.0"), vendor, twice), model));
        assertEquals("none", complaint(TestKey.signed(TestKey.unsigned("2.1.0"), vendor, shop), model));
    }

    @Test
    void anotherSignatureThatIsBrokenDoesNoHarm() {
        var firmware = TestKey.unsigned("2.1.0");
        var signatures = List.of(new Firmware.Signed("shop", "not base64 at all!"), vendor.signature(firmware), new Firmware.Signed("stranger", "AAAA"));
        assertEquals("none", complaint(firmware.signedBy(signatures), TestKey.model(vendor, shop)));
    }

    @Test
    void aKeyOfAnotherKindThanItsAlgorithmIsRefused() {
        var mislabelled = new TestKey("vendor", SignatureAlgorithm.EcdsaP384, TestKey.of("", SignatureAlgorithm.EcdsaP256).pair());
        assertEquals("BadSignature", complaint(TestKey.signed(TestKey.unsigned("2.1.0"), mislabelled), TestKey.model(mislabelled)));
        var nonsense = JsonObject.of("keys", List.of(JsonObject.of("keyId", "vendor", "algorithm", "Ed25519", "publicKey", "none")));
        assertEquals("BadSignature", complaint(TestKey.signed(TestKey.unsigned("2.1.0"), vendor), nonsense));
    }

    @Test
    void aKeyFindsItsNameInTheModel() throws Exception {
        var made = SigningKey.generate(new SecureRandom());
        var model = JsonObject.of("keys", List.of(vendor.listed(), made.listed("mine")));
        var firmware = TestKey.unsigned("2.1.0");
        var signed = made.sign(firmware, model);
        assertEquals("mine", signed.keyId());
        assertEquals("none", complaint(firmware.signedBy(List.of(signed)), model));
        var refusal = assertThrows(GeneralSecurityException.class, () -> made.sign(firmware, TestKey.model(vendor)));
        assertEquals("model dishwasher names no key that this one belongs to (spec.firmware.keys)", refusal.getMessage());
        assertThrows(GeneralSecurityException.class, () -> new SigningKey("no key").sign(firmware, model));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        var firmware = TestKey.signed(TestKey.unsigned("2.1.0"), vendor, shop);
        assertEquals(firmware, Firmware.read(firmware.toJson()));
    }

    @Test
    void whatOpensslSignsIsBelieved(@TempDir Path folder) throws Exception {
        var firmware = TestKey.unsigned("2.1.0");
        Files.writeString(folder.resolve("statement"), firmware.statement());
        openssl(folder, "genpkey", "-algorithm", "ed25519", "-out", "key.pem");
        openssl(folder, "pkey", "-in", "key.pem", "-pubout", "-out", "key.pub");
        openssl(folder, "pkeyutl", "-sign", "-inkey", "key.pem", "-rawin", "-in", "statement", "-out", "ed25519.sig");
        assertEquals("none", complaint(signedBy(folder, firmware, "ed25519.sig"), modelOf(folder, "Ed25519")));
        openssl(folder, "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "key.pem");
        openssl(folder, "pkey", "-in", "key.pem", "-pubout", "-out", "key.pub");
        openssl(folder, "dgst", "-sha256", "-sign", "key.pem", "-out", "ecdsa.sig", "statement");
        assertEquals("none", complaint(signedBy(folder, firmware, "ecdsa.sig"), modelOf(folder, "EcdsaP256")));
        assertEquals("BadSignature", complaint(signedBy(folder, firmware, "ed25519.sig"), modelOf(folder, "EcdsaP256")));
    }

    private static Firmware signedBy(Path folder, Firmware firmware, String file) throws IOException {
        var signature = Base64.getMimeEncoder().encodeToString(Files.readAllBytes(folder.resolve(file)));
        return firmware.signedBy(List.of(new Firmware.Signed("vendor", signature)));
    }

    private static JsonObject modelOf(Path folder, String algorithm) throws IOException {
        return JsonObject.of("keys", List.of(JsonObject.of("keyId", "vendor", "algorithm", algorithm, "publicKey",
                Files.readString(folder.resolve("key.pub")))));
    }

    private static void openssl(Path folder, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        var words = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor() == 0, words);
    }
}
