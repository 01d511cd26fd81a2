package home.oikos.firmware;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.pki.Pem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// A key that signs firmware in tests.
record TestKey(String keyId, SignatureAlgorithm algorithm, KeyPair pair) {
    static final String DIGEST = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";

    static TestKey ed25519(String keyId) {
        return of(keyId, SignatureAlgorithm.Ed25519);
    }

    static TestKey of(String keyId, SignatureAlgorithm algorithm) {
        try {
            return new TestKey(keyId, algorithm, switch (algorithm) {
                case Ed25519 -> KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
                case EcdsaP256 -> curve("secp256r1");
                case EcdsaP384 -> curve("secp384r1");
                case RsaPkcs1Sha256 -> KeyPairGenerator.getInstance("RSA").generateKeyPair();
            });
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair curve(String name) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(name));
        return generator.generateKeyPair();
    }

    Json listed() {
        return JsonObject.of("keyId", keyId, "algorithm", algorithm.name(), "publicKey", Pem.publicKey(pair.getPublic()));
    }

    /// `spec.firmware` of a model that believes those keys.
    static JsonObject model(TestKey... keys) {
        return JsonObject.of("channel", "Ddi", "keys", new JsonArray(Arrays.stream(keys).map(TestKey::listed).toList()));
    }

    /// An image of a dishwasher that nobody has signed.
    static Firmware unsigned(String version) {
        return new Firmware(new ObjectKey("home", "dishwasher-" + version.replace('.', '-')), "dishwasher", List.of(), new FirmwareVersion(version), DIGEST, 3,
                Optional.empty(), List.of());
    }

    static Firmware signed(Firmware firmware, TestKey... keys) {
        return firmware.signedBy(Arrays.stream(keys).map(key -> key.signature(firmware)).toList());
    }

    Firmware.Signed signature(Firmware firmware) {
        return new Firmware.Signed(keyId, sign(firmware.statement()));
    }

    private String sign(String statement) {
        try {
            var signed = SignatureAlgorithm.sign(Pem.privateKey(pair.getPrivate()), statement.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
