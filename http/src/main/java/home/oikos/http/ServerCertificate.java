package home.oikos.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/// What the server proves itself with: a key and its chain, the server's own certificate first.
public record ServerCertificate(PrivateKey key, List<X509Certificate> chain) {
    private static final String KEY_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String KEY_END = "-----END PRIVATE KEY-----";

    public ServerCertificate {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) throw new IllegalArgumentException("a certificate chain is empty");
    }

    /// Reads a PKCS#8 key and a chain of certificates. PEM, because PKCS#12 key stores cost half a second at start.
    public static ServerCertificate ofPem(byte[] key, byte[] chain) throws GeneralSecurityException {
        var certificates = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(chain)).stream()
                .map(X509Certificate.class::cast).toList();
        if (certificates.isEmpty()) throw new GeneralSecurityException("expected PEM certificates, found none");
        return new ServerCertificate(key(key, certificates.getFirst().getPublicKey().getAlgorithm()), certificates);
    }

    public static ServerCertificate ofPem(Path key, Path chain) throws IOException, GeneralSecurityException {
        return ofPem(Files.readAllBytes(key), Files.readAllBytes(chain));
    }

    private static PrivateKey key(byte[] pem, String algorithm) throws GeneralSecurityException {
        var text = new String(pem, StandardCharsets.US_ASCII);
        var begin = text.indexOf(KEY_BEGIN);
        var end = text.indexOf(KEY_END);
        if (begin < 0 || end < begin) throw new GeneralSecurityException("expected a PEM block PRIVATE KEY (PKCS#8), found none");
        var bytes = Base64.getMimeDecoder().decode(text.substring(begin + KEY_BEGIN.length(), end));
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
    }
}
