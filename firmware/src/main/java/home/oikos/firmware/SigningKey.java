package home.oikos.firmware;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.pki.Pem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/// A private key that signs firmware, as text: PEM blocks, the public half beside it where we made it.
public record SigningKey(String pem) {
    private static final int ED25519_BITS = 255;

    public static SigningKey generate(SecureRandom random) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(ED25519_BITS, random);
        var pair = generator.generateKeyPair();
        return new SigningKey(Pem.privateKey(pair.getPrivate()) + Pem.publicKey(pair.getPublic()));
    }

    /// The public half of one that was generated here.
    public String publicPem() throws GeneralSecurityException {
        return Pem.publicKey(Pem.publicKey("Ed25519", pem));
    }

    /// As `spec.firmware.keys` of a DeviceModel lists it.
    public JsonObject listed(String keyId) throws GeneralSecurityException {
        return JsonObject.of("keyId", keyId, "algorithm", SignatureAlgorithm.Ed25519.name(), "publicKey", publicPem());
    }

    /// Signs in the name of that key of the model which it belongs to.
    /// @param block `spec.firmware` of the firmware's model
    /// @throws GeneralSecurityException when it is no key, or none of the model's; in words
    public Firmware.Signed sign(Firmware firmware, Json block) throws GeneralSecurityException {
        var statement = firmware.statement().getBytes(StandardCharsets.UTF_8);
        var signed = Base64.getEncoder().encodeToString(SignatureAlgorithm.sign(pem, statement));
        for (var key : Signers.read(block).keys()) {
            var one = new Firmware.Signed(key.keyId(), signed);
            if (new Signers(List.of(key), 1).complaint(firmware.signedBy(List.of(one))).isEmpty()) return one;
        }
        throw new InvalidKeyException("model %s names no key that this one belongs to (spec.firmware.keys)".formatted(firmware.modelName()));
    }
}
