package home.oikos.pki;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;

/// Whom a client certificate speaks for, in the API server's reading of its subject.
/// @param user the common name
/// @param groups every organization, in order
public record Subject(String user, List<String> groups) {
    public Subject {
        groups = List.copyOf(groups);
    }

    public static Subject of(X509Certificate certificate) {
        return of(certificate.getSubjectX500Principal());
    }

    static Subject of(X500Principal principal) {
        try {
            return of(new LdapName(principal.getName()));
        } catch (InvalidNameException e) {
            throw new IllegalStateException("a principal's RFC 2253 name is an LDAP name", e);
        }
    }

    private static Subject of(LdapName name) {
        var user = "";
        var groups = new ArrayList<String>();
        for (var part : name.getRdns()) {
            if (part.getType().equalsIgnoreCase("CN")) user = text(part.getValue());
            if (part.getType().equalsIgnoreCase("O")) groups.add(text(part.getValue()));
        }
        return new Subject(user, groups);
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
    }
}
