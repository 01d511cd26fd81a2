package home.oikos.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LimitsTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    private final Broadcast<Long> broadcast = Broadcast.of(Long::longValue);
    private HttpServer server;

    private void start(Limits limits, Handler handler) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = HttpServer.start(new ListenerOptions(List.of(address), TestIdentity.SERVER.asServer(), limits), handler);
    }

    private RawConnection connect() throws IOException {
        return new RawConnection(server);
    }

    private static void answer(Request request, Response response) throws Exception {
        response.send(200, "text/plain", Integer.toString(request.body(10).length).getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        if (server != null) server.close();
    }

    @Test
    void defaultsArePinned() {
        assertEquals(new Limits(512, 128, 256, 2_048, 16_384, 250, 1_048_576, Duration.ofMinutes(2), Duration.ofSeconds(30)), Limits.DEFAULT);
    }

    @Test
    void connectionTooManyIsHungUpOnAndOthersStay() throws Exception {
        start(Limits.DEFAULT.withConnections(2, 2), LimitsTest::answer);
        try (var first = connect(); var second = connect()) {
            assertEquals("HTTP/1.1 200 OK", first.say(GET).hearLine());
            assertEquals("HTTP/1.1 200 OK", second.say(GET).hearLine());
            try (var third = connect()) {
                assertEquals("", third.hear());
            }
            assertTrue(first.say(GET).hearLine().contains("text/plain"));
        }
    }

    @Test
    void webSocketThatHasEndedLeavesItsPlaceToOthers() throws Exception {
        start(Limits.DEFAULT.withConnections(1, 1), (request, response) -> {
            if (request.path().equals("/socket")) response.webSocket(List.of("v4.channel.k8s.io"), _ -> { });
            else answer(request, response);
        });
        try (var socket = connect()) {
            assertEquals("HTTP/1.1 101 Switching Protocols", socket.say("GET /socket HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\n"
                    + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                    + "Sec-WebSocket-Protocol: v4.channel.k8s.io\r\n\r\n").hearLine());
        }
        while (server.connections() > 0) assertFalse(Thread.interrupted(), "the connection that was a WebSocket is counted for ever");
        try (var next = connect()) {
            assertEquals("HTTP/1.1 200 OK", next.say(GET).hearLine());
        }
    }

    @Test
    void requestTooManyIsToldWhenToComeBack() throws Exception {
        var release = new CountDownLatch(1);
        var inside = new CountDownLatch(1);
        start(Limits.DEFAULT.withRequests(1), (request, response) -> {
            inside.countDown();
            release.await();
            answer(request, response);
        });
        try (var first = connect(); var second = connect()) {
            first.say(GET);
            inside.await();
            var refused = second.say("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").hear();
            assertTrue(refused.startsWith("HTTP/1.1 429 ") && refused.contains("Retry-After: 1"), refused);
            release.countDown();
            assertEquals("HTTP/1.1 200 OK", first.hearLine());
        }
    }

    @Test
    void watchTooManyIsToldWhenToComeBack() throws Exception {
        start(Limits.DEFAULT.withWatches(1), (_, response) ->
                response.watch("text/plain", broadcast, () -> new Response.Replay(0, List.of()), _ -> new byte[] {'x'}, () -> { }));
        try (var first = connect(); var second = connect()) {
            assertEquals("HTTP/1.1 200 OK", first.say(GET).hearLine());
            assertEquals("HTTP/1.1 429 Too Many Requests", second.say(GET).hearLine());
            assertEquals(1, broadcast.watchers());
        }
        while (server.watches() > 0) Thread.onSpinWait();
    }

    @Test
    void idleConnectionIsClosedAndOneThatWatchesIsNot() throws Exception {
        start(Limits.DEFAULT.withTimeouts(Duration.ofMillis(500), Duration.ofSeconds(30)), (_, response) ->
                response.watch("text/plain", broadcast, () -> new Response.Replay(0, List.of()), _ -> new byte[] {'x', '\n'}, () -> { }));
        try (var watching = connect()) {
            watching.say(GET).hearLine();
            try (var idle = connect(); var never = connect()) {
                never.say("GET / HT");
                assertEquals("", idle.hear());
                assertEquals("", never.hear());
            }
            assertEquals(1, server.watches());
        }
    }

    @Test
    void bodyThatStopsArrivingIsGivenUp() throws Exception {
        start(Limits.DEFAULT.withTimeouts(Duration.ofSeconds(120), Duration.ofMillis(100)), LimitsTest::answer);
        try (var slow = connect()) {
            var answer = slow.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 8\r\n\r\nhalf").hear();
            assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
        }
    }

    @Test
    void malformedRequestIsRefused() throws Exception {
        start(Limits.DEFAULT, LimitsTest::answer);
        try (var broken = connect()) {
            assertTrue(broken.say("GET / HTTP/9.1.1\r\nbroken\r\n\r\n").hearLine().endsWith(" 400 Bad Request"));
        }
    }

    @Test
    void percentSignThatEncodesNothingIsABadRequest() throws Exception {
        start(Limits.DEFAULT, (request, response) -> response.send(200, "text/plain", request.parameters().toString().getBytes()));
        try (var broken = connect()) {
            assertEquals("HTTP/1.1 400 Bad Request", broken.say("GET /?a=%zz HTTP/1.1\r\nHost: h\r\n\r\n").hearLine());
        }
    }

    @Test
    void floodOfHeadersIsRefused() throws Exception {
        start(Limits.DEFAULT, LimitsTest::answer);
        try (var flooding = connect()) {
            var answer = flooding.say("GET / HTTP/1.1\r\n" + "X: yyyyyyyyyy\r\n".repeat(2_000) + "\r\n").hear();
            assertTrue(answer.startsWith("HTTP/1.1 431 "), answer);
        }
    }

    @Test
    void oneListenerServesSeveralAddresses() throws Exception {
        var addresses = List.of(new InetSocketAddress("127.0.0.1", 0), new InetSocketAddress("127.0.0.2", 0));
        server = HttpServer.start(new ListenerOptions(addresses, TestIdentity.SERVER.asServer(), Limits.DEFAULT), LimitsTest::answer);
        assertEquals(List.of("127.0.0.1", "127.0.0.2"), server.addresses().stream().map(a -> a.getAddress().getHostAddress()).toList());
        try (var connection = connect()) {
            assertEquals("HTTP/1.1 200 OK", connection.say(GET).hearLine());
        }
    }
}
