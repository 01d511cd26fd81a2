package home.oikos.dist;

import home.oikos.api.ApiException;
import home.oikos.api.JsonObject;
import home.oikos.base.Sha256;
import home.oikos.cli.Home;
import home.oikos.client.ApiClient;
import home.oikos.client.Resources;
import home.oikos.pki.Fingerprint;
import home.oikos.pki.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;

/// One-time links to the page. A link is a Secret that holds no more than the hash of what the link says; the page's login
/// takes the Secret away when it opens. The secret stands in the fragment, which a browser sends to nobody.
final class LoginLink {
    static final Duration LIFE = Duration.ofMinutes(10);
    static final String SECRET_TYPE = "oikos.home/login-link";
    private static final int SECRET_BYTES = 24;
    private static final int FORBIDDEN = 403;

    private LoginLink() { }

    static String create(Home home, boolean view) throws IOException {
        var bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        var word = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var name = create(home.client(), view, word, home);
        var settings = Settings.read(home.data());
        return "https://%s:%d/#%s.%s".formatted(LanAddress.of(settings.host()), settings.port(), name, word);
    }

    private static String create(ApiClient client, boolean view, String word, Home home) {
        var content = JsonObject.of("hash", Sha256.hex(word), "role", view ? "viewer" : "owner",
                "expiresTime", home.clock().instant().plus(LIFE).toString());
        namespace(client);
        var metadata = JsonObject.of("generateName", "login-", "namespace", HomeServer.NAMESPACE);
        return client.create(Resources.SECRETS, JsonObject.of("apiVersion", "v1", "kind", "Secret", "metadata", metadata, "type", SECRET_TYPE,
                "stringData", content)).at("metadata", "name").text("");
    }

    /// The page makes this namespace when it opens, which on a quick start is later than the first link is asked for. Whoever may not make
    /// it, as the account of `oikos home`, finds it made by an administrator.
    private static void namespace(ApiClient client) {
        try {
            client.apply(Resources.NAMESPACES, JsonObject.of("apiVersion", "v1", "kind", "Namespace", "metadata",
                    JsonObject.of("name", HomeServer.NAMESPACE)), true);
        } catch (ApiException refused) {
            if (refused.code() != FORBIDDEN) throw refused;
        }
    }

    /// The fingerprint of the certificate that the browser will be shown.
    static String fingerprint(Home home) throws IOException {
        try {
            var pem = Files.readString(home.data().resolve("pki/server.crt"));
            return Fingerprint.of(Pem.certificates(pem).getFirst()).toString();
        } catch (GeneralSecurityException broken) {
            throw new IOException(broken);
        }
    }
}
