package home.oikos.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpClient;
import org.junit.jupiter.api.Test;

class Http11Test extends ListenerContract {
    private static final String EXPECTING = "PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n";

    Http11Test() throws Exception {
        super(HttpClient.Version.HTTP_1_1);
    }

    @Test
    void aBodyThatIsAwaitedIsAskedForWhenItIsRead() throws Exception {
        handler = (request, response) -> response.send(200, "text/plain", request.body(3));
        try (var connection = new RawConnection(server)) {
            assertEquals("HTTP/1.1 100 Continue", connection.say(EXPECTING).hearLine());
            assertEquals("", connection.hearLine());
            assertEquals("HTTP/1.1 200 OK", connection.say("foo").hearLine());
        }
    }

    @Test
    void aBodyThatIsAwaitedAndNotWantedIsNotAskedFor() throws Exception {
        handler = (_, response) -> response.send(403, "text/plain", new byte[0]);
        try (var connection = new RawConnection(server)) {
            assertEquals("HTTP/1.1 403 Forbidden", connection.say(EXPECTING).hearLine());
        }
    }
}
