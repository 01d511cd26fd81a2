package home.oikos.firmware;

import home.oikos.api.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Who may sign firmware of a make, as `spec.firmware` of its DeviceModel says, and how many of them must have done so.
record Signers(List<Key> keys, int threshold) {
    record Key(String keyId, String algorithm, String publicKey) { }

    Signers {
        keys = List.copyOf(keys);
    }

    /// @param block `spec.firmware` of the model
    static Signers read(Json block) {
        var keys = block.at("keys").array().stream().map(key -> new Key(key.at("keyId").text(""), key.at("algorithm").text(""), key.at("publicKey").text("")));
        return new Signers(keys.toList(), Math.max(1, block.at("threshold").integer(1)));
    }

    /// Why the signatures do not hold; empty when they do.
    Optional<Verdict> complaint(Firmware firmware) {
        if (keys.isEmpty()) return Verdict.of("NoKeys", "model %s names no keys (spec.firmware.keys), so no firmware of it is believed", firmware.modelName());
        if (firmware.signatures().isEmpty()) return Verdict.of("Unsigned", "nobody has signed it");
        if (!firmware.isPlain()) return Verdict.of("NotPlain", "a name in it holds a comma, a line break or a letter that is not ASCII");
        // One key counts once, under however many names: a threshold is about people.
        var held = new HashSet<PublicKey>();
        var broken = Optional.<Verdict>empty();
        for (var signed : firmware.signatures()) {
            try {
                held.add(key(signed, firmware));
            } catch (GeneralSecurityException | IllegalArgumentException wrong) {
                broken = Verdict.of("BadSignature", "%s", wrong.getMessage());
            }
        }
        if (held.size() >= threshold) return Optional.empty();
        if (threshold == 1 || broken.isPresent() && held.isEmpty()) return broken;
        return Verdict.of("TooFewSignatures", "expected signatures of %d keys, found %d that hold", threshold, held.size());
    }

    /// The key whose signature holds.
    private PublicKey key(Firmware.Signed signed, Firmware firmware) throws GeneralSecurityException {
        var named = keys.stream().filter(key -> key.keyId().equals(signed.keyId())).findFirst().orElseThrow(() ->
                new GeneralSecurityException("it is signed by key %s, which model %s does not name".formatted(signed.keyId(), firmware.modelName())));
        var algorithm = SignatureAlgorithm.of(named.algorithm()).orElseThrow(() ->
                new GeneralSecurityException("key %s is of an unknown algorithm %s".formatted(named.keyId(), named.algorithm())));
        var key = algorithm.publicKey(named.publicKey());
        if (algorithm.verifies(key, firmware.statement().getBytes(StandardCharsets.UTF_8), decoded(signed))) return key;
        throw new GeneralSecurityException("the signature of key %s is not one over its model, hardware, version, digest, size and expiry"
                .formatted(named.keyId()));
    }

    private static byte[] decoded(Firmware.Signed signed) throws GeneralSecurityException {
        try {
            return Base64.getMimeDecoder().decode(signed.signature());
        } catch (IllegalArgumentException broken) {
            throw new GeneralSecurityException("the signature of key " + signed.keyId() + " is no base64", broken);
        }
    }
}
