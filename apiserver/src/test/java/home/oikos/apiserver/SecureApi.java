package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.http.LocalAnswer;
import home.oikos.http.LocalExchange;
import home.oikos.http.LocalRequest;
import home.oikos.pki.CertificateAuthority;
import home.oikos.pki.ServerNames;
import home.oikos.pki.TokenKeys;
import home.oikos.store.LogStore;
import home.oikos.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// A whole API server with the security of a home, in this process.
final class SecureApi implements AutoCloseable {
    /// What came back.
    record Answer(int status, Json body) {
        String message() {
            return body.at("message").text("");
        }
    }

    final Store store;
    final CertificateAuthority authority;
    private final HomeSecurity security;
    private final ApiServer server;
    private final LocalExchange exchange;
    private final X509Certificate administrator;

    SecureApi(Path directory, Optional<AuditLog> audit) throws Exception {
        var random = new SecureRandom();
        store = LogStore.inMemory(Clock.systemUTC());
        authority = CertificateAuthority.open(directory.resolve("pki"), new ServerNames(List.of("localhost"), List.of()),
                Clock.systemUTC(), random);
        var keys = TokenKeys.open(directory.resolve("pki"), "token", random);
        security = HomeSecurity.open(store, new HomeSecurity.Parts(authority, keys, List.of(), audit, Clock.systemUTC(), random));
        server = ApiServer.start(store, ApiServerOptions.of(Clock.systemUTC(), random).withSecurity(security));
        exchange = new LocalExchange(server.handler());
        administrator = authority.issueClient("admin", List.of("system:masters")).certificate();
    }

    /// As the administrator.
    Answer admin(String method, String target, String body) throws IOException {
        return answer(request(method, target, body).withCertificate(administrator));
    }

    /// As anyone, by impersonation.
    Answer as(String user, String method, String target, String body) throws IOException {
        return answer(request(method, target, body).withCertificate(administrator).with("Impersonate-User", user));
    }

    Answer bearer(String token, String method, String target, String body) throws IOException {
        return answer(request(method, target, body).with("Authorization", "Bearer " + token));
    }

    static LocalRequest request(String method, String target, String body) {
        var request = LocalRequest.of(method, target);
        return body.isEmpty() ? request : request.with("Content-Type", method.equals("PATCH") ? "application/merge-patch+json"
                : "application/json").withBody(body.getBytes());
    }

    Answer answer(LocalRequest request) throws IOException {
        return switch (exchange.call(request)) {
            case LocalAnswer.Whole whole -> new Answer(whole.status(), parsed(new String(whole.body())));
            case LocalAnswer.Streamed streamed -> new Answer(streamed.status(), parsed(new String(streamed.body().readAllBytes())));
            case LocalAnswer.Watched watched -> {
                watched.frames().close();
                yield new Answer(watched.status(), Json.NULL);
            }
            case LocalAnswer.Upgraded upgraded -> new Answer(upgraded.status(), Json.NULL);
        };
    }

    private static Json parsed(String body) {
        return body.startsWith("{") ? Json.parse(body) : Json.of(body);
    }

    /// Expects success and gives the object.
    Json create(String target, String body) throws IOException {
        var answer = admin("POST", target, body);
        if (answer.status != 201) throw new AssertionError("expected 201, got " + answer);
        return answer.body;
    }

    @Override
    public void close() throws Exception {
        server.close();
        security.close();
        store.close();
    }
}
