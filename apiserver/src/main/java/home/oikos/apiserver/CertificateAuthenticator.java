package home.oikos.apiserver;

import home.oikos.http.Request;
import home.oikos.pki.CertificateAuthority;
import home.oikos.pki.Fingerprint;
import home.oikos.pki.Subject;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;

/// Knows clients by certificates of this home's CA: the common name is the user, each organization a group.
final class CertificateAuthenticator implements Authenticator {
    /// A home has a handful of certificates; checking a signature costs 0.2 ms or, on a small machine, 1 ms at every request.
    private static final int USERS_MAX = 64;

    private final CertificateAuthority authority;
    private final RecentlyUsed<X509Certificate, User> users = new RecentlyUsed<>(USERS_MAX);

    CertificateAuthenticator(CertificateAuthority authority) {
        this.authority = authority;
    }

    @Override
    public Authentication authenticate(Request request) {
        var certificate = request.clientCertificate();
        if (certificate.isEmpty()) return new Authentication.Absent();
        var user = user(certificate.get());
        return user == null ? new Authentication.Wrong() : new Authentication.Known(user);
    }

    private User user(X509Certificate certificate) {
        var known = users.get(certificate);
        if (known != null && authority.isCurrent(certificate)) return known;
        if (!authority.vouchesForClient(certificate)) return null;
        var subject = Subject.of(certificate);
        if (subject.user().isEmpty()) return null;
        var user = new User(subject.user(), "", subject.groups(), Map.of("authentication.kubernetes.io/credential-id",
                List.of("X509SHA256=" + Fingerprint.of(certificate).hex())));
        users.put(certificate, user);
        return user;
    }
}
