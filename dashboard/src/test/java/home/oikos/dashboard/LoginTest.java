package home.oikos.dashboard;

import static org.junit.jupiter.api.Assertions.*;

import home.oikos.api.Json;
import home.oikos.client.Resources;
import home.oikos.http.LocalRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {
    private TestHome home;
    private Browser browser;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        home = new TestHome(directory);
        browser = new Browser(home.handler);
    }

    @AfterEach
    void stop() throws Exception {
        home.close();
    }

    @Test
    void aLinkLetsInOnce() throws Exception {
        var link = home.link(Role.OWNER);
        assertEquals(201, browser.login(link).status());
        assertEquals("owner", browser.get(SessionPages.SESSION).json().at("session", "role").text(""));
        var second = new Browser(home.handler).login(link);
        assertEquals(403, second.status());
        assertTrue(second.json().at("message").text("").contains("oikos login"), "it says what to do");
    }

    @Test
    void ofManyAtOnceExactlyOneGetsIn() throws Exception {
        var link = home.link(Role.OWNER);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> tries = IntStream.range(0, 16)
                    .<Callable<Integer>>mapToObj(_ -> () -> new Browser(home.handler).login(link).status()).toList();
            var letIn = threads.invokeAll(tries).stream().filter(status -> status.resultNow() == 201).count();
            assertEquals(1, letIn);
        }
    }

    @Test
    void anOldLinkIsRefusedAndSweptAway() throws Exception {
        var old = home.link(Role.OWNER);
        home.clock.move(Duration.ofMinutes(10));
        assertEquals(403, browser.login(old).status());
        assertEquals(201, browser.login(home.link(Role.OWNER)).status());
        assertTrue(home.client.list(Resources.SECRETS, Accounts.NAMESPACE).stream().noneMatch(secret -> secret.at("type").text("")
                .equals(LoginLinks.TYPE)));
    }

    @Test
    void aWrongWordNeitherLetsInNorUsesUpTheLink() throws Exception {
        var link = home.link(Role.OWNER);
        assertEquals(403, browser.login(link.replace(TestHome.LINK_WORD, "anotherLongWordThatIsNotIt")).status());
        assertEquals(201, browser.login(link).status());
    }

    @Test
    void whatIsNoLinkIsRefused() throws Exception {
        for (var nonsense : List.of("", "login-x", "../../x.aaaaaaaaaaaaaaaaaaaa", "login-nobody.aaaaaaaaaaaaaaaaaaaaaaaa",
                "x".repeat(5_000))) {
            assertEquals(403, browser.login(nonsense).status(), nonsense);
        }
        assertEquals(403, browser.send(browser.request("POST", SessionPages.LOGIN).withBody("not json".getBytes())).status());
    }

    @Test
    void aSecretOfAnotherTypeIsNoLink() throws Exception {
        var hash = Digest.of(TestHome.LINK_WORD).hex();
        var secret = home.client.create(Resources.SECRETS, Json.parse("""
                {"apiVersion":"v1","kind":"Secret","type":"Opaque","metadata":{"name":"other","namespace":"oikos-system"},
                 "stringData":{"hash":"%s","role":"owner","expiresTime":"2999-01-01T00:00:00Z"}}""".formatted(hash)));
        assertEquals(403, browser.login(secret.at("metadata", "name").text("") + "." + TestHome.LINK_WORD).status());
    }

    @Test
    void theCookieIsForThisHostAloneAndOutOfReachOfScripts() throws Exception {
        var set = browser.login(home.link(Role.OWNER)).header("Set-Cookie");
        for (var part : List.of("__Host-oikos=", "Path=/", "Secure", "HttpOnly", "SameSite=Strict", "Max-Age=")) {
            assertTrue(set.contains(part), set);
        }
        assertFalse(set.contains("Domain"), set);
    }

    @Test
    void onlyTheHomesOwnPageLogsIn() throws Exception {
        var link = home.link(Role.OWNER);
        for (var origin : List.of("https://home.local:8443", "http://home.local:6443", "https://evil.example", "null")) {
            var request = LocalRequest.of("POST", SessionPages.LOGIN).with("Host", Browser.HOST).with("Origin", origin)
                    .withBody(("{\"link\":\"" + link + "\"}").getBytes());
            assertEquals(403, browser.send(request).status(), origin);
        }
        assertEquals(201, browser.login(link).status(), "and the link is still good");
    }
}
