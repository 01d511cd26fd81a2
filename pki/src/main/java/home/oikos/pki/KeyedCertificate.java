package home.oikos.pki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.List;
import java.util.Optional;

/// A certificate with its private key, and those that vouch for it.
/// @param chain the certificate first, its issuer after it
public record KeyedCertificate(List<X509Certificate> chain, PrivateKey key) {
    public KeyedCertificate {
        if (chain.isEmpty()) throw new IllegalArgumentException("a chain has at least the certificate itself");
        chain = List.copyOf(chain);
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    public String certificatePem() {
        var text = new StringBuilder();
        for (var certificate : chain) text.append(Pem.certificate(certificate));
        return text.toString();
    }

    public String keyPem() {
        return Pem.privateKey(key);
    }

    /// The key in the older form that every Kubernetes client reads.
    String clientKeyPem() {
        return Pem.ecPrivateKey((ECPrivateKey) key, certificate().getPublicKey());
    }

    /// Writes NAME.crt and NAME.key (0600). The key goes first: a certificate whose key is missing is never seen.
    void write(Path directory, String name) throws IOException {
        SecretFile.write(directory.resolve(name + ".key"), keyPem().getBytes(StandardCharsets.US_ASCII));
        SecretFile.writePublic(directory.resolve(name + ".crt"), certificatePem().getBytes(StandardCharsets.US_ASCII));
    }

    /// What [#write] wrote; empty when either file is missing, or the two do not belong together (a cut between both writes).
    static Optional<KeyedCertificate> read(Path directory, String name) throws IOException, GeneralSecurityException {
        var certificate = directory.resolve(name + ".crt");
        var key = directory.resolve(name + ".key");
        if (!Files.exists(certificate) || !Files.exists(key)) return Optional.empty();
        var read = new KeyedCertificate(Pem.certificates(Files.readString(certificate)), Pem.ecPrivateKey(Files.readString(key)));
        return read.fits() ? Optional.of(read) : Optional.empty();
    }

    /// Whether the key is the one the certificate names: what it signs, the certificate's key verifies.
    private boolean fits() throws GeneralSecurityException {
        var challenge = certificate().getSignature();
        return Es256.verifies(certificate().getPublicKey(), challenge, Es256.sign(key, challenge));
    }
}
