package home.oikos.driver.http;

import home.oikos.base.Sha256;
import java.io.IOException;
import java.util.regex.Pattern;

/// Digest access authentication with SHA-256 and `qop=auth` (RFC 7616), as Shelly's devices ask for it: one answer to one challenge.
final class Digest {
    private static final Pattern PART = Pattern.compile("(\\w+)\\s*=\\s*(?:\"([^\"]*)\"|([^,\\s]+))");

    private Digest() { }

    /// The header Authorization.
    /// @throws IOException when the challenge is none of this kind
    static String answer(String challenge, String user, String password, String method, String uri) throws IOException {
        var realm = part(challenge, "realm");
        var nonce = part(challenge, "nonce");
        if (!challenge.startsWith("Digest ") || nonce.isEmpty() || !part(challenge, "algorithm").equalsIgnoreCase("SHA-256")) {
            throw new IOException("expected to be asked for a digest with SHA-256, found \"" + challenge + "\"");
        }
        // The challenge is new for each answer, so what the client adds of its own need not be: the nonce is the device's and used once.
        var own = Sha256.hex(nonce).substring(0, 16);
        var first = Sha256.hex(user + ":" + realm + ":" + password);
        var second = Sha256.hex(method + ":" + uri);
        var response = Sha256.hex(first + ":" + nonce + ":00000001:" + own + ":auth:" + second);
        return ("Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", algorithm=SHA-256, qop=auth, nc=00000001, cnonce=\"%s\", response=\"%s\"")
                .formatted(user, realm, nonce, uri, own, response);
    }

    private static String part(String challenge, String name) {
        var matcher = PART.matcher(challenge);
        while (matcher.find()) {
            if (matcher.group(1).equalsIgnoreCase(name)) return matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
        }
        return "";
    }
}
