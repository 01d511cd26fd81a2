package home.oikos.pki;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Map;
import javax.security.auth.x500.X500Principal;

/// What somebody wants a certificate for (PKCS #10, RFC 2986): whom it names, and a key whose owner signed the request. Extensions that it asks
/// for are not read: what a certificate of ours may be used for is ours to say.
/// @param name as it stands in the request, and as it will stand in the certificate
public record SigningRequest(X500Principal name, PublicKey key) {
    private static final String LABEL = "CERTIFICATE REQUEST";
    /// A request with a key of 4,096 bits has some 2 KB.
    private static final int TEXT_CHARACTERS_MAX = 32_768;
    /// By the identifier of a key's algorithm.
    private static final Map<String, String> KEYS = Map.of("1.2.840.10045.2.1", "EC", "1.2.840.113549.1.1.1", "RSA", "1.3.101.112", "Ed25519");
    /// By the identifier of a signature's algorithm.
    private static final Map<String, String> SIGNATURES = Map.of("1.2.840.10045.4.3.2", "SHA256withECDSA", "1.2.840.10045.4.3.3", "SHA384withECDSA",
            "1.2.840.10045.4.3.4", "SHA512withECDSA", "1.2.840.113549.1.1.11", "SHA256withRSA", "1.2.840.113549.1.1.12", "SHA384withRSA",
            "1.2.840.113549.1.1.13", "SHA512withRSA", "1.3.101.112", "Ed25519");

    /// Reads a request and checks that it was signed with its own key.
    /// @throws GeneralSecurityException when it is none, with what was expected
    public static SigningRequest read(String pem) throws GeneralSecurityException {
        if (pem.length() > TEXT_CHARACTERS_MAX) throw new GeneralSecurityException("expected at most " + TEXT_CHARACTERS_MAX + " characters");
        try {
            return read(Der.read(Pem.first(LABEL, pem)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            throw new GeneralSecurityException("the PEM block " + LABEL + " holds no PKCS #10 request", malformed);
        }
    }

    private static SigningRequest read(Der whole) throws GeneralSecurityException {
        var content = whole.parts().get(0);
        var name = new X500Principal(content.parts().get(1).encoded());
        var key = key(content.parts().get(2));
        var signature = whole.parts().get(2).content();
        var verifier = Signature.getInstance(known(SIGNATURES, whole.parts().get(1), "signature"));
        verifier.initVerify(key);
        verifier.update(content.encoded());
        if (!verifier.verify(Arrays.copyOfRange(signature, 1, signature.length))) {
            throw new GeneralSecurityException("the request is not signed with its own key");
        }
        return new SigningRequest(name, key);
    }

    private static PublicKey key(Der info) throws GeneralSecurityException {
        return KeyFactory.getInstance(known(KEYS, info.parts().get(0), "key")).generatePublic(new X509EncodedKeySpec(info.encoded()));
    }

    private static String known(Map<String, String> names, Der algorithm, String what) throws GeneralSecurityException {
        var found = algorithm.parts().get(0);
        for (var known : names.entrySet()) {
            if (Arrays.equals(Der.identifier(known.getKey()).content(), found.content())) return known.getValue();
        }
        throw new GeneralSecurityException("expected a %s of EC, RSA or Ed25519, found another algorithm".formatted(what));
    }

    /// Whom the API server would take its owner for.
    public Subject subject() {
        return Subject.of(name);
    }
}
