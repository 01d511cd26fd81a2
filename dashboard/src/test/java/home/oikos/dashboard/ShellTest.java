package home.oikos.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.http.Filter;
import home.oikos.http.LocalAnswer;
import home.oikos.http.LocalRequest;
import home.oikos.http.WebSocket;
import home.oikos.pki.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The page's way into a container: a WebSocket through the dashboard, to the API in this process and to one elsewhere.
@Timeout(60)
class ShellTest {
    private static final String EXEC = "/api/v1/namespaces/media/pods/media-7d9c5b6f4-x2kqp/exec?container=web&command=sh&stdin=true&stdout=true";
    private static final int STDIN = 0;
    private static final int STDOUT = 1;

    private TestHome home;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        home = new TestHome(directory);
        Furniture.into(home);
    }

    @AfterEach
    void stop() throws Exception {
        home.close();
    }

    private Browser browser(boolean elsewhere) {
        if (!elsewhere) return new Browser(home.handler);
        var facts = new PageFacts("Elsewhere", () -> Fingerprint.of(home.authority.certificate()), home.authority.certificatePem());
        var forward = new Forward(new InProcessTransport(home.api.handler(), null));
        return new Browser(Filter.chain(List.of(new Dashboard(home.client, facts, home.clock, new SecureRandom())), forward));
    }

    private static LocalRequest exec(Browser browser) {
        return browser.request("GET", EXEC).with("Connection", "Upgrade").with("Upgrade", "websocket").with("Sec-WebSocket-Version", "13")
                .with("Sec-WebSocket-Protocol", "v5.channel.k8s.io");
    }

    private static WebSocket open(Browser browser) throws IOException {
        var answer = browser.call(exec(browser).with("Origin", "https://" + Browser.HOST));
        return assertInstanceOf(LocalAnswer.Upgraded.class, answer).socket();
    }

    private static void say(WebSocket socket, String text) throws IOException {
        socket.write(new WebSocket.Message(true, ((char) STDIN + text).getBytes(StandardCharsets.UTF_8)));
    }

    /// The next that the program said.
    private static Optional<String> heard(WebSocket socket) throws IOException {
        for (var message = socket.read(); message.isPresent(); message = socket.read()) {
            var bytes = message.get().bytes();
            if (bytes.length > 1 && bytes[0] == STDOUT) return Optional.of(new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8));
        }
        return Optional.empty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsWrittenReachesTheProgramAndItsAnswerComesBack(boolean elsewhere) throws Exception {
        var browser = browser(elsewhere);
        browser.login(home.link(Role.OWNER));
        var socket = open(browser);
        assertEquals("v5.channel.k8s.io", socket.protocol());
        say(socket, "one\n");
        assertEquals("media-7d9c5b6f4-x2kqp heard one\n", heard(socket).orElseThrow());
        say(socket, "zwei ü\n");
        assertEquals("media-7d9c5b6f4-x2kqp heard zwei ü\n", heard(socket).orElseThrow());
        say(socket, "exit\n");
        assertTrue(heard(socket).isEmpty(), "the socket ends with the program");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anotherPageOpensNoSocketWithTheVisitorsCookie(boolean elsewhere) throws Exception {
        var browser = browser(elsewhere);
        browser.login(home.link(Role.OWNER));
        for (var origin : List.of("https://evil.example", "https://home.local:8443", "http://" + Browser.HOST, "null")) {
            assertEquals(403, browser.send(exec(browser).with("Origin", origin)).status(), origin);
        }
        assertEquals(403, browser.send(exec(browser)).status(), "no origin at all");
    }

    @Test
    void whoMayOnlyLookGetsNoShell() throws Exception {
        var browser = browser(false);
        browser.login(home.link(Role.VIEWER));
        assertEquals(403, browser.send(exec(browser).with("Origin", "https://" + Browser.HOST)).status());
    }

    @Test
    void aShellEndsWithItsSession() throws Exception {
        var browser = browser(false);
        browser.login(home.link(Role.OWNER));
        var socket = open(browser);
        say(socket, "one\n");
        heard(socket).orElseThrow();
        assertTrue(browser.send(browser.request("DELETE", SessionPages.SESSION)).status() < 300);
        assertTrue(heard(socket).isEmpty());
    }
}
