package home.oikos.pki;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;

/// What a person compares when a browser warns: SHA-256 over the whole certificate, as browsers show it.
public record Fingerprint(String text) {
    public static Fingerprint of(X509Certificate certificate) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return new Fingerprint(HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// First two and last byte, enough to compare by eye at the end of a line.
    public String shortened() {
        return text.substring(0, 5) + ":…:" + text.substring(text.length() - 2);
    }

    /// Without colons and in small letters, as Kubernetes names a certificate.
    public String hex() {
        return text.replace(":", "").toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return text;
    }
}
