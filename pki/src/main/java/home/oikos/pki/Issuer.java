package home.oikos.pki;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Signs certificates (RFC 5280) with ECDSA and SHA-256. The JDK reads certificates and offers no way to write them, and our certificates
/// have two shapes: writing those is less than a library that does it all.
final class Issuer {
    private static final int SERIAL_BITS = 127;
    private static final BigInteger VERSION_3 = BigInteger.TWO;
    private static final Der ALGORITHM = Der.sequence(Der.identifier("1.2.840.10045.4.3.2"));
    private static final String COMMON_NAME = "2.5.4.3";
    private static final String ORGANIZATION = "2.5.4.10";

    private final Der name;
    private final PrivateKey key;
    private final PublicKey publicKey;
    private final SecureRandom random;

    private Issuer(Der name, PrivateKey key, PublicKey publicKey, SecureRandom random) {
        this.name = name;
        this.key = key;
        this.publicKey = publicKey;
        this.random = random;
    }

    /// Makes a new certificate authority that may vouch for what the constraints permit, and for nothing else.
    static KeyedCertificate authority(String commonName, NameConstraints constraints, Instant notBefore, Instant notAfter,
            SecureRandom random) throws GeneralSecurityException {
        var keys = Es256.generate(random);
        var issuer = new Issuer(subject(commonName, List.of()), keys.getPrivate(), keys.getPublic(), random);
        var extensions = new CertificateExtensions().subjectKey(identifier(keys.getPublic())).authority(constraints);
        return new KeyedCertificate(List.of(issuer.sign(issuer.name, keys.getPublic(), notBefore, notAfter, extensions)), keys.getPrivate());
    }

    /// Signs leaves for an authority.
    static Leaves of(KeyedCertificate authority, SecureRandom random) {
        var certificate = authority.certificate();
        var name = Der.read(certificate.getSubjectX500Principal().getEncoded());
        return new Leaves(new Issuer(name, authority.key(), certificate.getPublicKey(), random), certificate);
    }

    /// What an authority signs: certificates of servers and of clients.
    record Leaves(Issuer issuer, X509Certificate authority) {
        KeyedCertificate server(ServerNames names, Instant notBefore, Instant notAfter) throws GeneralSecurityException {
            return leaf(subject(names.hosts().getFirst(), List.of()), notBefore, notAfter,
                    new CertificateExtensions().leaf(CertificateExtensions.SERVER_AUTH).names(names));
        }

        KeyedCertificate client(String user, List<String> groups, Instant notBefore, Instant notAfter) throws GeneralSecurityException {
            return leaf(subject(user, groups), notBefore, notAfter, new CertificateExtensions().leaf(CertificateExtensions.CLIENT_AUTH));
        }

        X509Certificate client(SigningRequest request, Instant notBefore, Instant notAfter) throws GeneralSecurityException {
            var extensions = new CertificateExtensions().leaf(CertificateExtensions.CLIENT_AUTH).subjectKey(identifier(request.key()))
                    .authorityKey(identifier(issuer.publicKey));
            return issuer.sign(Der.read(request.name().getEncoded()), request.key(), notBefore, notAfter, extensions);
        }

        private KeyedCertificate leaf(Der subject, Instant notBefore, Instant notAfter, CertificateExtensions extensions)
                throws GeneralSecurityException {
            var keys = Es256.generate(issuer.random);
            extensions.subjectKey(identifier(keys.getPublic())).authorityKey(identifier(issuer.publicKey));
            return new KeyedCertificate(List.of(issuer.sign(subject, keys.getPublic(), notBefore, notAfter, extensions), authority),
                    keys.getPrivate());
        }

        /// What the authority's own certificate permits.
        NameConstraints constraints() {
            return CertificateExtensions.constraints(authority.getExtensionValue(CertificateExtensions.NAME_CONSTRAINTS));
        }
    }

    private X509Certificate sign(Der subject, PublicKey subjectKey, Instant notBefore, Instant notAfter, CertificateExtensions extensions)
            throws GeneralSecurityException {
        var serial = new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
        var content = Der.sequence(Der.tagged(0, List.of(Der.integer(VERSION_3))), Der.integer(serial), ALGORITHM, name,
                Der.sequence(Der.time(notBefore), Der.time(notAfter)), subject, Der.read(subjectKey.getEncoded()),
                Der.tagged(3, List.of(Der.sequence(extensions.all()))));
        var whole = Der.sequence(content, ALGORITHM, Der.bits(0, signature(content.encoded())));
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole.encoded()));
    }

    private byte[] signature(byte[] content) throws GeneralSecurityException {
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key, random);
        signature.update(content);
        return signature.sign();
    }

    private static Der subject(String commonName, List<String> organizations) {
        var parts = new ArrayList<Der>();
        for (var organization : organizations) parts.add(part(ORGANIZATION, organization));
        parts.add(part(COMMON_NAME, commonName));
        return Der.sequence(parts);
    }

    private static Der part(String type, String value) {
        return Der.set(Der.sequence(Der.identifier(type), Der.text(value)));
    }

    /// By which a chain is found, not trusted: SHA-1 of the key's bits is what RFC 5280 section 4.2.1.2 proposes.
    private static byte[] identifier(PublicKey key) throws GeneralSecurityException {
        var bits = Der.read(key.getEncoded()).parts().getLast().content();
        return MessageDigest.getInstance("SHA-1").digest(Arrays.copyOfRange(bits, 1, bits.length));
    }
}
