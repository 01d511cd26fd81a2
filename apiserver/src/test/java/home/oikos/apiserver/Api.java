package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import home.oikos.api.Json;
import home.oikos.http.LocalAnswer;
import home.oikos.http.LocalExchange;
import home.oikos.http.LocalRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/// An API server in process, spoken to in a few words: for tests.
final class Api implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private final TestApiServer server;
    private final LocalExchange exchange;

    Api() throws IOException {
        this(ApiServerOptions.of(Clock.fixed(NOW, ZoneOffset.UTC), new java.util.Random(1)));
    }

    /// Where pods can be made: they run as the account `default` of their namespace, which a controller makes elsewhere.
    static Api withDefaultAccount() throws Exception {
        var api = new Api();
        api.post("/api/v1/namespaces/default/serviceaccounts", "{'metadata':{'name':'default'},'automountServiceAccountToken':false}");
        return api;
    }

    Api(ApiServerOptions options) throws IOException {
        server = TestApiServer.start(options);
        exchange = server.exchange();
    }

    TestApiServer server() {
        return server;
    }

    LocalAnswer.Whole send(String method, String target, String type, String body) throws IOException {
        var request = LocalRequest.of(method, target).with("User-Agent", "test/1").with("Content-Type", type)
                .withBody(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        return assertInstanceOf(LocalAnswer.Whole.class, exchange.call(request));
    }

    Json post(String target, String body) throws IOException {
        return ok(send("POST", target, "application/json", body), 201);
    }

    Json put(String target, String body) throws IOException {
        return ok(send("PUT", target, "application/json", body), 200);
    }

    Json merge(String target, String body) throws IOException {
        return ok(send("PATCH", target, "application/merge-patch+json", body), 200);
    }

    Json get(String target) throws IOException {
        return ok(send("GET", target, "", ""), 200);
    }

    Json delete(String target) throws IOException {
        return ok(send("DELETE", target, "", ""), 200);
    }

    private static Json ok(LocalAnswer.Whole answer, int status) {
        assertEquals(status, answer.status(), () -> new String(answer.body(), StandardCharsets.UTF_8));
        return Json.parse(answer.body());
    }

    /// A request that is to fail, and its Status.
    Json refused(int code, String method, String target, String type, String body) throws IOException {
        var answer = send(method, target, type, body);
        assertEquals(code, answer.status(), () -> new String(answer.body(), StandardCharsets.UTF_8));
        return Json.parse(answer.body());
    }

    LocalAnswer.Watched watch(String target) throws IOException {
        return assertInstanceOf(LocalAnswer.Watched.class, exchange.call(LocalRequest.of("GET", target)));
    }

    static Json event(LocalAnswer.Watched watched) throws IOException {
        return Json.parse(watched.frames().next().orElseThrow());
    }

    LocalAnswer call(LocalRequest request) throws IOException {
        return exchange.call(request);
    }

    @Override
    public void close() throws Exception {
        server.close();
    }
}
