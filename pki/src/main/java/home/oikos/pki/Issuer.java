package home.oikos.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Signs certificates. The only class that touches BouncyCastle, so that a start which issues nothing never loads it.
final class Issuer {
    private static final int SERIAL_BITS = 127;

    private final X500Name name;
    private final PrivateKey key;
    private final SecureRandom random;
    private final X509Certificate authority;

    private Issuer(X500Name name, PrivateKey key, X509Certificate authority, SecureRandom random) {
        this.name = name;
        this.key = key;
        this.authority = authority;
        this.random = random;
    }

    static Issuer of(KeyedCertificate authority, SecureRandom random) throws GeneralSecurityException {
        var name = new JcaX509CertificateHolder(authority.certificate()).getSubject();
        return new Issuer(name, authority.key(), authority.certificate(), random);
    }

    /// Makes a new certificate authority that may vouch for what the constraints permit, and for nothing else.
    static KeyedCertificate authority(String commonName, NameConstraints constraints, Instant notBefore, Instant notAfter,
            SecureRandom random)
            throws GeneralSecurityException {
        var keys = Es256.generate(random);
        var issuer = new Issuer(subject(commonName, List.of()), keys.getPrivate(), null, random);
        var certificate = issuer.sign(issuer.name, keys.getPublic(), notBefore, notAfter, new Extensions()
                .critical(Extension.basicConstraints, new BasicConstraints(0))
                .critical(Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature))
                .critical(Extension.nameConstraints, permitted(constraints)));
        return new KeyedCertificate(List.of(certificate), keys.getPrivate());
    }

    KeyedCertificate server(ServerNames names, Instant notBefore, Instant notAfter) throws GeneralSecurityException {
        return leaf(subject(names.hosts().getFirst(), List.of()), KeyPurposeId.id_kp_serverAuth, notBefore, notAfter,
                new Extensions().plain(Extension.subjectAlternativeName, alternatives(names)));
    }

    KeyedCertificate client(String user, List<String> groups, Instant notBefore, Instant notAfter) throws GeneralSecurityException {
        return leaf(subject(user, groups), KeyPurposeId.id_kp_clientAuth, notBefore, notAfter, new Extensions());
    }

    private KeyedCertificate leaf(X500Name subject, KeyPurposeId purpose, Instant notBefore, Instant notAfter, Extensions extensions)
            throws GeneralSecurityException {
        KeyPair keys = Es256.generate(random);
        extensions.critical(Extension.basicConstraints, new BasicConstraints(false))
                .critical(Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature))
                .plain(Extension.extendedKeyUsage, new ExtendedKeyUsage(purpose));
        var certificate = sign(subject, keys.getPublic(), notBefore, notAfter, extensions);
        return new KeyedCertificate(List.of(certificate, authority), keys.getPrivate());
    }

    private X509Certificate sign(X500Name subject, PublicKey subjectKey, Instant notBefore, Instant notAfter, Extensions extensions)
            throws GeneralSecurityException {
        var serial = new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
        var builder = new JcaX509v3CertificateBuilder(name, serial, Date.from(notBefore), Date.from(notAfter), subject, subjectKey);
        try {
            var identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(subjectKey));
            if (authority != null) builder.addExtension(Extension.authorityKeyIdentifier, false,
                    identifiers.createAuthorityKeyIdentifier(authority));
            extensions.addTo(builder);
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").setSecureRandom(random).build(key);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (IOException | OperatorCreationException e) {
            throw new GeneralSecurityException("could not sign a certificate for " + subject, e);
        }
    }

    private static X500Name subject(String commonName, List<String> organizations) {
        var subject = new X500NameBuilder(BCStyle.INSTANCE);
        for (var organization : organizations) subject.addRDN(BCStyle.O, organization);
        return subject.addRDN(BCStyle.CN, commonName).build();
    }

    private static GeneralNames alternatives(ServerNames names) {
        var all = new ArrayList<GeneralName>();
        for (var host : names.hosts()) all.add(new GeneralName(GeneralName.dNSName, host));
        for (var address : names.addresses()) all.add(new GeneralName(GeneralName.iPAddress, new DEROctetString(address.getAddress())));
        return new GeneralNames(all.toArray(GeneralName[]::new));
    }

    private static org.bouncycastle.asn1.x509.NameConstraints permitted(NameConstraints constraints) {
        var subtrees = new ArrayList<GeneralSubtree>();
        for (var domain : constraints.domains()) subtrees.add(new GeneralSubtree(new GeneralName(GeneralName.dNSName, domain)));
        for (var range : constraints.ranges()) {
            subtrees.add(new GeneralSubtree(new GeneralName(GeneralName.iPAddress, new DEROctetString(range.constraint()))));
        }
        return new org.bouncycastle.asn1.x509.NameConstraints(subtrees.toArray(GeneralSubtree[]::new), null);
    }

    /// What the authority's own certificate permits.
    NameConstraints constraints() throws GeneralSecurityException {
        var extensions = new JcaX509CertificateHolder(authority).getExtensions();
        var found = org.bouncycastle.asn1.x509.NameConstraints.getInstance(extensions.getExtensionParsedValue(Extension.nameConstraints));
        var domains = new ArrayList<String>();
        var ranges = new ArrayList<AddressRange>();
        for (var subtree : found.getPermittedSubtrees()) {
            var base = subtree.getBase();
            if (base.getTagNo() == GeneralName.dNSName) domains.add(((ASN1String) base.getName()).getString());
            else ranges.add(range(ASN1OctetString.getInstance(base.getName()).getOctets()));
        }
        return new NameConstraints(domains, ranges);
    }

    private static AddressRange range(byte[] networkAndMask) {
        int half = networkAndMask.length / 2;
        int prefixBits = 0;
        for (int i = half; i < networkAndMask.length; i++) prefixBits += Integer.bitCount(networkAndMask[i] & 0xff);
        try {
            return new AddressRange(InetAddress.getByAddress(java.util.Arrays.copyOf(networkAndMask, half)), prefixBits);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("our own CA holds whole addresses", e);
        }
    }

    /// Extensions in the order they are added.
    private static final class Extensions {
        private record Entry(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) { }

        private final List<Entry> entries = new ArrayList<>();

        Extensions critical(ASN1ObjectIdentifier id, ASN1Encodable value) {
            entries.add(new Entry(id, true, value));
            return this;
        }

        Extensions plain(ASN1ObjectIdentifier id, ASN1Encodable value) {
            entries.add(new Entry(id, false, value));
            return this;
        }

        void addTo(X509v3CertificateBuilder builder) throws IOException {
            for (var entry : entries) builder.addExtension(entry.id, entry.critical, entry.value);
        }
    }
}
