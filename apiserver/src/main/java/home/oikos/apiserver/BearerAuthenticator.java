package home.oikos.apiserver;

import home.oikos.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Knows clients by a token, in the Authorization header or, from browsers, which cannot set that on a WebSocket, in a subprotocol.
final class BearerAuthenticator implements Authenticator {
    private static final String SCHEME = "bearer ";
    private static final String SUBPROTOCOL = "base64url.bearer.authorization.k8s.io.";

    private final List<TokenAuthenticator> kinds;
    private final List<String> audiences;

    BearerAuthenticator(List<TokenAuthenticator> kinds, List<String> audiences) {
        this.kinds = List.copyOf(kinds);
        this.audiences = List.copyOf(audiences);
    }

    @Override
    public Authentication authenticate(Request request) {
        var token = fromHeader(request).or(() -> fromSubprotocol(request));
        if (token.isEmpty()) return new Authentication.Absent();
        var bearer = bearer(token.get(), audiences);
        return bearer.isPresent() ? new Authentication.Known(bearer.get().user()) : new Authentication.Wrong();
    }

    /// Whose token it is, asked of every kind in turn.
    Optional<TokenAuthenticator.Bearer> bearer(String token, List<String> wanted) {
        for (var kind : kinds) {
            var bearer = kind.authenticate(token, wanted);
            if (bearer.isPresent()) return bearer;
        }
        return Optional.empty();
    }

    private static Optional<String> fromHeader(Request request) {
        var header = request.header("Authorization").orElse("").strip();
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) return Optional.empty();
        return Optional.of(header.substring(SCHEME.length()).strip());
    }

    private static Optional<String> fromSubprotocol(Request request) {
        for (var header : request.headers("Sec-WebSocket-Protocol")) for (var protocol : header.split(",")) {
            var offered = protocol.strip();
            if (offered.startsWith(SUBPROTOCOL)) return Optional.of(decoded(offered.substring(SUBPROTOCOL.length())));
        }
        return Optional.empty();
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }
}
