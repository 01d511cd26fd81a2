package home.oikos.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The contract over the network, in one version of HTTP.
abstract class ListenerContract extends WatchContract {
    final HttpServer server;
    final HttpClient client = HttpClient.newBuilder().sslContext(TestIdentity.SERVER.trustedBy(null)).build();
    private final HttpClient.Version version;

    ListenerContract(HttpClient.Version version) throws Exception {
        this.version = version;
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = HttpServer.start(new ListenerOptions(address, TestIdentity.SERVER.asServer()), (q, a) -> handler.handle(q, a));
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        server.close();
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + target)).version(version);
    }

    @Override
    Answer ask(String method, String target, byte[] body) throws Exception {
        var publisher = body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body);
        var answer = client.send(request(target).method(method, publisher).build(), BodyHandlers.ofInputStream());
        assertEquals(version, answer.version());
        return new Answer(answer.statusCode(), answer.headers()::firstValue, answer.body());
    }

    @Test
    void largeAnswerIsCompressedForWhoAcceptsIt() throws Exception {
        var large = "kubernetes ".repeat(20_000).getBytes();
        handler = (_, response) -> response.send(200, "text/plain", large);
        var answer = client.send(request("/").header("Accept-Encoding", "deflate, gzip").build(), BodyHandlers.ofByteArray());
        assertEquals(Optional.of("gzip"), answer.headers().firstValue("Content-Encoding"));
        assertArrayEquals(large, new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes());
    }

    @Test
    void theHostIsToldInEveryVersion() throws Exception {
        handler = (request, response) -> response.send(200, "text/plain", (request.header("host").orElse("") + request.headers("Host")).getBytes());
        var host = "localhost:" + server.port();
        assertEquals(host + "[" + host + "]", client.send(request("/").build(), BodyHandlers.ofString()).body());
    }

    @Test
    void headHasTheLengthAndNoBody() throws Exception {
        handler = (_, response) -> response.send(200, "text/plain", new byte[70_000]);
        var answer = ask("HEAD", "/", new byte[0]);
        assertEquals(Optional.of("70000"), answer.header().apply("Content-Length"));
        assertEquals("", answer.text());
    }

    @Test
    void closingEndsWatchesInOrder() throws Exception {
        var answer = get((_, response) -> response.watch("text/plain", broadcast, () -> new Response.Replay(0, List.of()),
                event -> bytes(event + "\n"), () -> { }));
        server.close();
        assertEquals("", answer.text());
        // The client may read the end before the server has written down that the watch is over.
        for (long end = System.nanoTime() + 20_000_000_000L; server.watches() > 0 && System.nanoTime() < end; Thread.onSpinWait()) { }
        assertEquals(0, server.watches());
    }
}
