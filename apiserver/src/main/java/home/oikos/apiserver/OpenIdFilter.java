package home.oikos.apiserver;

import home.oikos.api.JsonObject;
import home.oikos.http.Filter;
import home.oikos.http.Handler;
import home.oikos.http.Request;
import home.oikos.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Tells others how to verify ServiceAccounts' tokens: OpenID discovery and the public keys. Stands after authorization.
final class OpenIdFilter implements Filter {
    private static final String JWKS = "/openid/v1/jwks";

    private final ServiceAccountTokens tokens;

    OpenIdFilter(ServiceAccountTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public void apply(Request request, Response response, Handler next) throws Exception {
        switch (request.path()) {
            case "/.well-known/openid-configuration" -> send(response, "application/json", discovery());
            case JWKS -> send(response, "application/jwk-set+json", tokens.jwks());
            default -> next.handle(request, response);
        }
    }

    private static void send(Response response, String type, String body) {
        response.header("Cache-Control", "public, max-age=3600");
        response.send(200, type, body.getBytes(StandardCharsets.UTF_8));
    }

    private String discovery() {
        return JsonObject.of("issuer", tokens.issuer(), "jwks_uri", tokens.issuer() + JWKS, "response_types_supported", List.of("id_token"),
                "subject_types_supported", List.of("public"), "id_token_signing_alg_values_supported", List.of("ES256")).toString();
    }
}
