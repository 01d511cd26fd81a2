package home.oikos.pki;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The certificate authority of one home: a key and a certificate in its directory, made at first use. It vouches for names and
/// addresses of a home only. Safe for use by several threads.
public final class CertificateAuthority {
    /// A Raspberry Pi has no clock of its own and may be born in 1970; the CA must outlive the moment when the time arrives.
    static final Instant NOT_BEFORE = Instant.parse("2025-01-01T00:00:00Z");
    /// A home outlives its machines; nobody comes to renew what phones have learnt to trust.
    static final Duration VALIDITY = Duration.ofDays(30 * 365);
    /// Clients whose clock is behind ours must not refuse a new certificate.
    static final Duration BACKDATED = Duration.ofDays(1);
    /// Browsers and phones refuse server certificates valid for more than 398 days.
    static final Duration LEAF_VALIDITY = Duration.ofDays(397);
    /// A leaf is replaced when less than this is left of it: a machine that is off for a season comes back with a valid one.
    static final Duration RENEWED_BEFORE = Duration.ofDays(130);

    private final KeyedCertificate authority;
    private final Clock clock;
    private final SecureRandom random;

    private CertificateAuthority(KeyedCertificate authority, Clock clock, SecureRandom random) {
        this.authority = authority;
        this.clock = clock;
        this.random = random;
    }

    /// Reads the CA in the directory, or makes one that may vouch for homes' names and for the given names of this machine.
    public static CertificateAuthority open(Path directory, ServerNames names, Clock clock, SecureRandom random)
            throws IOException, GeneralSecurityException {
        var found = KeyedCertificate.read(directory, "ca");
        if (found.isPresent()) return new CertificateAuthority(found.get(), clock, random);
        var now = clock.instant();
        var notAfter = (now.isAfter(NOT_BEFORE) ? now : NOT_BEFORE).plus(VALIDITY);
        var made = Issuer.authority("oikos-ca", NameConstraints.around(names), NOT_BEFORE, notAfter, random);
        made.write(directory, "ca");
        return new CertificateAuthority(made, clock, random);
    }

    public X509Certificate certificate() {
        return authority.certificate();
    }

    public String certificatePem() {
        return Pem.certificate(certificate());
    }

    public Fingerprint fingerprint() {
        return Fingerprint.of(certificate());
    }

    /// A new certificate for a client: the API server takes CN as user name and each O as a group.
    public KeyedCertificate issueClient(String user, List<String> groups) throws GeneralSecurityException {
        return issuer().client(user, groups, notBefore(), notAfter());
    }

    /// A certificate for the client who asks, with the key that it keeps to itself.
    /// @param validity from now on; at most that of the certificates that this home makes for itself
    public X509Certificate sign(SigningRequest request, Duration validity) throws GeneralSecurityException {
        var longest = clock.instant().plus(LEAF_VALIDITY);
        var asked = clock.instant().plus(validity);
        return issuer().client(request, notBefore(), asked.isBefore(longest) ? asked : longest);
    }

    /// A new certificate for a server; names outside the CA's constraints are left out, because a client would refuse the whole.
    KeyedCertificate issueServer(ServerNames names) throws GeneralSecurityException {
        var issuer = issuer();
        return issuer.server(issuer.constraints().permitted(names), notBefore(), notAfter());
    }

    /// Those of the names that this CA may not vouch for (a host renamed, a public address that came later).
    public ServerNames refused(ServerNames names) {
        var permitted = issuer().constraints().permitted(names);
        return new ServerNames(names.hosts().stream().filter(host -> !permitted.hosts().contains(host)).toList(),
                names.addresses().stream().filter(address -> !permitted.addresses().contains(address)).toList());
    }

    /// Whether a leaf certificate must be replaced: near its end, or the clock has jumped to before its beginning.
    boolean isDue(X509Certificate leaf) {
        var now = clock.instant();
        return now.isBefore(leaf.getNotBefore().toInstant()) || now.isAfter(leaf.getNotAfter().toInstant().minus(RENEWED_BEFORE));
    }

    /// Whether this CA signed the certificate for a client and it is valid now. The TLS layer has seen proof of its key.
    public boolean vouchesForClient(X509Certificate certificate) {
        try {
            certificate.verify(certificate().getPublicKey());
            var purposes = certificate.getExtendedKeyUsage();
            return isCurrent(certificate) && certificate.getBasicConstraints() < 0 && purposes != null && purposes.contains(CertificateExtensions.CLIENT_AUTH);
        } catch (GeneralSecurityException notOurs) {
            return false;
        }
    }

    /// Whether a certificate's time has begun and not ended.
    public boolean isCurrent(X509Certificate certificate) {
        var now = clock.instant();
        return !now.isBefore(certificate.getNotBefore().toInstant()) && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    private Issuer.Leaves issuer() {
        return Issuer.of(authority, random);
    }

    private Instant notBefore() {
        return clock.instant().minus(BACKDATED);
    }

    private Instant notAfter() {
        return notBefore().plus(LEAF_VALIDITY);
    }
}
