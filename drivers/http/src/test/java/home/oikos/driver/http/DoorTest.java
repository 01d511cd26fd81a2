package home.oikos.driver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.driver.HeardListener;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What comes over the wire, good and bad, over real sockets.
class DoorTest {
    private static final ObjectKey BEER = new ObjectKey("home", "beer");
    private static final String POST = "{\"ID\":12345,\"temperature\":20}";

    private final HeardListener listener = new HeardListener();
    private final Poster poster;
    private final Desk desk = new Desk(listener, _ -> Optional.empty(), Clock.systemUTC());
    private final Door door;

    DoorTest() throws IOException {
        poster = new Poster();
        desk.serve(Map.of(BEER, JsonObject.of("format", "Ispindel", "id", "12345")));
        door = new Door(poster.settings(), desk, new Shelf(new SecureRandom(), Clock.systemUTC()), listener, Duration.ofSeconds(1));
    }

    @AfterEach void close() {
        door.close();
    }

    private void open() throws InterruptedException {
        door.open();
        listener.await("up");
    }

    private Socket connect() throws IOException {
        var socket = new Socket("127.0.0.1", poster.port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /// All it says until it hangs up.
    private static String rest(Socket socket) {
        var said = new StringBuilder();
        try (InputStream in = socket.getInputStream()) {
            for (int next = in.read(); next >= 0; next = in.read()) said.append((char) next);
        } catch (IOException reset) {
            // It hung up while we were writing.
        }
        return said.toString();
    }

    @Test void aPostIsTakenAtThePortThatIsNamed() throws Exception {
        assertEquals(poster.port, door.open().get().getPort());
        var answer = poster.post(POST);
        assertEquals("200 taken\n", answer.statusCode() + " " + answer.body());
        listener.await("beer.temperature=20");
        assertEquals(400, poster.post("{").statusCode());
    }

    @Test void otherPathsAndMethodsAreNamed() throws Exception {
        open();
        var path = poster.send(poster.request("/").POST(HttpRequest.BodyPublishers.ofString(POST)).build());
        assertEquals("404 expected the path /ispindel\n", path.statusCode() + " " + path.body());
        var method = poster.send(poster.request("/ispindel").GET().build());
        assertEquals("405 expected a POST\n", method.statusCode() + " " + method.body());
        assertEquals("POST", method.headers().firstValue("Allow").orElse(""));
    }

    @Test void aBodyThatDoesNotEndIsCutOff() throws Exception {
        open();
        try (var socket = connect()) {
            write(socket, "POST /ispindel HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            var chunk = "400\r\n" + " ".repeat(0x400) + "\r\n";
            for (int i = 0; i < 5; i++) write(socket, chunk);
            var said = rest(socket);
            assertTrue(said.startsWith("HTTP/1.1 413 ") && said.contains("expected at most 4096 bytes"), said);
        }
        assertEquals(200, poster.post(POST).statusCode());
    }

    @Test void aBodyThatComesTooSlowlyIsGivenUp() throws Exception {
        open();
        try (var socket = connect()) {
            write(socket, "POST /ispindel HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{");
            assertTrue(rest(socket).startsWith("HTTP/1.1 408 "), "slow");
        }
        assertEquals(200, poster.post(POST).statusCode());
    }

    @Test void whatIsNoHttpIsRefused() throws Exception {
        open();
        for (var nonsense : new String[] {"hello\r\n\r\n", "POST /" + "x".repeat(10_000) + " HTTP/1.1\r\n\r\n",
                "POST /ispindel HTTP/1.1\r\nHost: x\r\nA: " + "x".repeat(20_000) + "\r\n\r\n"}) {
            try (var socket = connect()) {
                write(socket, nonsense);
                var said = rest(socket);
                assertTrue(said.isEmpty() || said.startsWith("HTTP/1.1 400 ") || said.startsWith("HTTP/1.0 400 "), said);
            }
        }
        assertEquals(200, poster.post(POST).statusCode());
    }

    @Test void moreConnectionsThanSensorsAreHungUpOnAndRoomComesBack() throws Exception {
        open();
        var sockets = new ArrayList<Socket>();
        for (int i = 0; i < Door.CONNECTIONS_MAX; i++) {
            var socket = connect();
            sockets.add(socket);
            write(socket, "POST /nowhere HTTP/1.1\r\nHost: x\r\n");
        }
        try (var late = connect()) {
            assertEquals("", rest(late), "no room");
        }
        for (var socket : sockets) socket.close();
        while (status() != 200) Thread.onSpinWait();
    }

    private int status() throws Exception {
        try {
            return poster.post(POST).statusCode();
        } catch (IOException stillFull) {
            return 0;
        }
    }

    @Test void aPortThatIsTakenIsToldInWordsWithAnotherWay() throws Exception {
        try (var other = new ServerSocket()) {
            other.bind(new InetSocketAddress("127.0.0.1", poster.port));
            door.open();
            listener.await("down");
        }
    }
}
