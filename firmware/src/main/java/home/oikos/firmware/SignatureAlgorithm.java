package home.oikos.firmware;

import home.oikos.pki.Pem;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.Optional;

/// How firmware may be signed, as a DeviceModel spells it. Each is what `openssl` does by default with a key of that kind.
public enum SignatureAlgorithm {
    Ed25519("Ed25519", "Ed25519", 255, 255), EcdsaP256("EC", "SHA256withECDSA", 256, 256), EcdsaP384("EC", "SHA384withECDSA", 384, 384),
    RsaPkcs1Sha256("RSA", "SHA256withRSA", 2_048, 16_384);

    private final String family;
    private final String scheme;
    private final int bitsMin;
    private final int bitsMax;

    SignatureAlgorithm(String family, String scheme, int bitsMin, int bitsMax) {
        this.family = family;
        this.scheme = scheme;
        this.bitsMin = bitsMin;
        this.bitsMax = bitsMax;
    }

    static Optional<SignatureAlgorithm> of(String word) {
        return Arrays.stream(values()).filter(each -> each.name().equals(word)).findFirst();
    }

    /// @throws GeneralSecurityException when the text holds no public key of this kind
    PublicKey publicKey(String pem) throws GeneralSecurityException {
        var key = Pem.publicKey(family, pem);
        expect(bits(key));
        return key;
    }

    private void expect(int bits) throws InvalidKeyException {
        if (bits < bitsMin || bits > bitsMax) throw new InvalidKeyException("expected a key of %d bits or so, found %d".formatted(bitsMin, bits));
    }

    private int bits(Object key) {
        return switch (key) {
            case ECKey curve -> curve.getParams().getCurve().getField().getFieldSize();
            case RSAKey modulus -> modulus.getModulus().bitLength();
            default -> bitsMin;
        };
    }

    boolean verifies(PublicKey key, byte[] statement, byte[] signed) throws GeneralSecurityException {
        var signature = Signature.getInstance(scheme);
        signature.initVerify(key);
        signature.update(statement);
        try {
            return signature.verify(signed);
        } catch (SignatureException notEvenOne) {
            return false;
        }
    }

    /// Signs with the first algorithm that fits the private key in the text.
    /// @throws GeneralSecurityException when it holds none that any of them takes
    public static byte[] sign(String pem, byte[] statement) throws GeneralSecurityException {
        for (var algorithm : values()) {
            var key = algorithm.privateKey(pem);
            if (key.isEmpty()) continue;
            var signature = Signature.getInstance(algorithm.scheme);
            signature.initSign(key.get());
            signature.update(statement);
            return signature.sign();
        }
        throw new InvalidKeyException("expected a PEM block PRIVATE KEY of Ed25519, ECDSA P-256 or P-384, or RSA of at least 2,048 bits");
    }

    private Optional<PrivateKey> privateKey(String pem) {
        try {
            var key = Pem.privateKey(family, pem);
            expect(bits(key));
            return Optional.of(key);
        } catch (GeneralSecurityException another) {
            return Optional.empty();
        }
    }
}
