package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import home.oikos.api.ApiException;
import home.oikos.http.HttpServer;
import home.oikos.http.ListenerOptions;
import home.oikos.http.LocalAnswer;
import home.oikos.http.LocalRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyTest {
    private static final String PROXY = "/api/v1/namespaces/default/services/https:web:443/proxy";

    @TempDir
    Path directory;
    private HttpServer server;
    private Api api;

    @BeforeEach
    void open() throws Exception {
        server = HttpServer.start(new ListenerOptions(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                RecordingWebhook.certificate(directory)), (request, response) -> {
                    response.header("X-Own", "yes");
                    var told = request.method() + " " + request.path() + "?" + request.query() + " " + request.header("Authorization").orElse("-")
                            + " " + new String(request.body(1000), StandardCharsets.UTF_8);
                    response.send(request.path().equals("/teapot") ? 418 : 200, "text/plain", told.getBytes(StandardCharsets.UTF_8));
                });
        api = new Api(ApiServerOptions.of(Clock.fixed(Api.NOW, ZoneOffset.UTC), new Random(1)).withDialer(RecordingWebhook.toThisMachine()));
        api.post("/api/v1/namespaces/default/services", "{'metadata':{'name':'web'},'spec':{'ports':[{'port':443}]}}");
    }

    private void endpoint() throws Exception {
        api.post("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices", "{'metadata':{'name':'web-1','labels':"
                + "{'kubernetes.io/service-name':'web'}},'addressType':'IPv4','endpoints':[{'addresses':['10.0.0.9']}],'ports':[{'name':'','port':"
                + server.port() + "}]}");
    }

    @AfterEach
    void close() throws Exception {
        api.close();
        server.close();
    }

    private String body(LocalAnswer answer) throws Exception {
        return switch (answer) {
            case LocalAnswer.Whole whole -> new String(whole.body(), StandardCharsets.UTF_8);
            case LocalAnswer.Streamed streamed -> new String(streamed.body().readAllBytes(), StandardCharsets.UTF_8);
            default -> throw new AssertionError(answer);
        };
    }

    @Test
    void aRequestReachesWhatStandsBehindAService() throws Exception {
        endpoint();
        var answer = api.call(LocalRequest.of("GET", PROXY + "/a/b?x=1"));
        assertEquals("GET /a/b?x=1 - ", body(answer));
        assertInstanceOf(LocalAnswer.Streamed.class, answer);
    }

    @Test
    void aBodyAndAStatusPassThroughAndCredentialsDoNot() throws Exception {
        endpoint();
        var answer = api.call(LocalRequest.of("POST", PROXY + "/teapot").with("Authorization", "Bearer secret").with("Content-Length", "5")
                .withBody("hello".getBytes(StandardCharsets.UTF_8)));
        assertEquals(418, assertInstanceOf(LocalAnswer.Streamed.class, answer).status());
        assertEquals("POST /teapot? - hello", body(answer));
    }

    @Test
    void aServiceWithoutEndpointsIsUnavailable() throws Exception {
        var status = api.refused(503, "GET", PROXY + "/", "", "");
        assertEquals("error trying to reach service: no endpoints available for service \"web\"", status.at("message").text(""));
    }

    @Test
    void aNameWithoutASlashIsLedOneStepFurther() throws Exception {
        var answer = assertInstanceOf(LocalAnswer.Whole.class, api.call(LocalRequest.of("GET", PROXY)));
        assertEquals(301, answer.status());
        assertEquals(java.util.List.of(PROXY + "/"), answer.headers().get("Location"));
    }

    @Test
    void aTargetSaysSchemeNameAndPort() {
        assertEquals(new ProxyTarget(true, "web", "443"), ProxyTarget.parse("https:web:443"));
        assertEquals(new ProxyTarget(false, "web", ""), ProxyTarget.parse("web"));
        assertThrows(ApiException.class, () -> ProxyTarget.parse("ftp:web:21"));
    }
}
