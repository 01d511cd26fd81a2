package home.oikos.pki;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.util.List;

/// Certificates that live in files and are kept fresh: read when they still serve, issued anew when not.
/// @param directory where NAME.crt and NAME.key lie
public record CertificateFile(Path directory, CertificateAuthority authority) {
    /// The server's certificate; a new one when it names too little or nears its end. Call it at start, when addresses changed,
    /// and once an hour: the same certificate comes back while nothing changed.
    public KeyedCertificate server(ServerNames names) throws IOException, GeneralSecurityException {
        var found = KeyedCertificate.read(directory, "server").filter(this::serves);
        if (found.isPresent() && covers(found.get(), names)) return found.get();
        return written("server", authority.issueServer(names));
    }

    private boolean covers(KeyedCertificate certificate, ServerNames names) throws CertificateParsingException {
        var missing = names.missingFrom(certificate.certificate());
        return missing.isEmpty() || authority.refused(missing).equals(missing);
    }

    /// A client certificate under a file name of its own, for one user and its groups.
    public KeyedCertificate client(String name, String user, List<String> groups) throws IOException, GeneralSecurityException {
        var found = KeyedCertificate.read(directory, name).filter(this::serves).filter(certificate -> says(certificate, user, groups));
        return found.isPresent() ? found.get() : written(name, authority.issueClient(user, groups));
    }

    private boolean serves(KeyedCertificate certificate) {
        return isOurs(certificate) && !authority.isDue(certificate.certificate());
    }

    private boolean isOurs(KeyedCertificate certificate) {
        try {
            certificate.certificate().verify(authority.certificate().getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean says(KeyedCertificate certificate, String user, List<String> groups) {
        return Subject.of(certificate.certificate()).equals(new Subject(user, groups));
    }

    private KeyedCertificate written(String name, KeyedCertificate issued) throws IOException {
        issued.write(directory, name);
        return issued;
    }
}
