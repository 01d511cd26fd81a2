package home.oikos.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class Http2Test extends ListenerContract {
    private static final int CONNECTIONS = 8;
    private static final int WATCHES_EACH = 125;
    private static final long EVENTS = 25;
    /// Enough that an event to all streams of a connection fills its socket.
    private static final String PADDING = "x".repeat(1_400);

    Http2Test() throws Exception {
        super(HttpClient.Version.HTTP_2);
    }

    @Test
    void thousandWatchesOverFewConnectionsGetEveryEventInOrder() throws Exception {
        handler = (_, response) -> response.watch("text/plain", broadcast, () -> new Response.Replay(0, List.of()),
                event -> bytes(event + PADDING + "\n"), () -> { });
        var clients = Stream.generate(() -> HttpClient.newBuilder().sslContext(TestIdentity.SERVER.trustedBy(null)).build())
                .limit(CONNECTIONS).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var watchers = new ArrayList<Callable<Void>>();
            // One after the other: a client asked for many at once opens a connection for each, before it knows that one carries all.
            for (var client : clients) for (var i = 0; i < WATCHES_EACH; i++) watchers.add(reader(client));
            var publisher = threads.submit(this::publishAll);
            for (var watcher : threads.invokeAll(watchers, 50, TimeUnit.SECONDS)) watcher.get();
            publisher.get();
        } finally {
            clients.forEach(HttpClient::shutdownNow);
        }
    }

    private int expecting(BodyPublisher body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/")).expectContinue(true).PUT(body);
        return client.send(request.build(), BodyHandlers.ofString()).statusCode();
    }

    @Test
    void aBodyThatIsAwaitedIsSentOnlyWhenItIsRead() throws Exception {
        handler = (request, response) -> response.send(request.body(100_000).length == 100_000 ? 200 : 500, "text/plain", new byte[0]);
        assertEquals(200, expecting(BodyPublishers.ofByteArray(new byte[100_000])));
        handler = (_, response) -> response.send(403, "text/plain", new byte[0]);
        assertEquals(403, expecting(BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> {
            throw new AssertionError("it was sent");
        }), 100_000)));
    }

    private void publishAll() {
        for (var event = 1L; event <= EVENTS; event++) broadcast.publish(List.of(event));
    }

    private Callable<Void> reader(HttpClient client) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/")).build();
        var answer = client.send(request, BodyHandlers.ofInputStream());
        var lines = new Answer(answer.statusCode(), answer.headers()::firstValue, answer.body()).lines();
        return () -> {
            for (var event = 1L; event <= EVENTS; event++) {
                var line = lines.readLine();
                assertTrue(line.startsWith(event + "x"), "expected event " + event + ", found " + line.substring(0, 10));
            }
            return null;
        };
    }
}
