package home.oikos.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {
    private final HttpServer server;
    private HttpClient client = client(null, TestIdentity.SERVER);

    HttpServerTest() throws Exception {
        server = HttpServer.start(new ListenerOptions(loopback(0), TestIdentity.SERVER.asServer()), HttpServerTest::describe);
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static HttpClient client(TestIdentity self, TestIdentity trusted) {
        return HttpClient.newBuilder().sslContext(trusted.trustedBy(self)).build();
    }

    /// Says what it saw of the request.
    private static void describe(Request request, Response response) throws Exception {
        var who = request.clientCertificate().map(c -> c.getSubjectX500Principal().getName()).orElse("nobody");
        var text = String.join(" ", request.method(), request.path(), request.query(), who, Integer.toString(request.body(100).length));
        response.send(200, "text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    private String get(HttpClient from, HttpClient.Version version) throws Exception {
        var request = HttpRequest.newBuilder(uri("/a%20b?c=d")).version(version).build();
        var answer = from.send(request, BodyHandlers.ofString());
        assertEquals(version, answer.version());
        return answer.body();
    }

    private URI uri(String target) {
        return URI.create("https://localhost:" + server.port() + target);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void bothVersionsAreServedOnOnePort() throws Exception {
        assertEquals("GET /a%20b c=d nobody 0", get(client, HttpClient.Version.HTTP_2));
        assertEquals("GET /a%20b c=d nobody 0", get(client, HttpClient.Version.HTTP_1_1));
    }

    @Test
    void clientCertificateOfAStrangerIsSeen() throws Exception {
        try (var admin = client(TestIdentity.CLIENT, TestIdentity.SERVER)) {
            assertEquals("GET /a%20b c=d CN=admin 0", get(admin, HttpClient.Version.HTTP_2));
            assertEquals("GET /a%20b c=d CN=admin 0", get(admin, HttpClient.Version.HTTP_1_1));
        }
    }

    @Test
    void newHandshakesGetTheReplacedCertificateAndOldConnectionsStay() throws Exception {
        get(client, HttpClient.Version.HTTP_2);
        var next = TestIdentity.create("next");
        server.replaceCertificate(next.asServer());
        get(client, HttpClient.Version.HTTP_2);
        try (var later = client(null, next)) {
            assertEquals("GET /a%20b c=d nobody 0", get(later, HttpClient.Version.HTTP_2));
        }
    }

    @Test
    void takenPortIsNamedWithItsOwner() {
        var taken = new ListenerOptions(loopback(server.port()), TestIdentity.SERVER.asServer());
        var refusal = assertThrows(BindException.class, () -> HttpServer.start(taken, HttpServerTest::describe));
        assertEquals("port " + server.port() + " is taken by java (pid " + ProcessHandle.current().pid() + ")", refusal.getMessage());
    }

    @Test
    void bodyAboveTheHandlersLimitIsRefused() throws Exception {
        var tooLarge = HttpRequest.newBuilder(uri("/")).POST(HttpRequest.BodyPublishers.ofByteArray(new byte[101])).build();
        assertEquals(413, client.send(tooLarge, BodyHandlers.ofString()).statusCode());
        var justRight = HttpRequest.newBuilder(uri("/")).POST(HttpRequest.BodyPublishers.ofByteArray(new byte[100])).build();
        assertTrue(client.send(justRight, BodyHandlers.ofString()).body().endsWith(" 100"));
    }
}
