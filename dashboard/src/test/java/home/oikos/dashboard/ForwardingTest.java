package home.oikos.dashboard;

import static org.junit.jupiter.api.Assertions.*;

import home.oikos.http.LocalAnswer;
import home.oikos.http.LocalRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ForwardingTest {
    private static final String CONFIG_MAPS = "/api/v1/namespaces/home/configmaps";
    private static final byte[] CONFIG_MAP = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"note\"}}".getBytes();

    private TestHome home;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        home = new TestHome(directory);
    }

    @AfterEach
    void stop() throws Exception {
        home.close();
    }

    @Test
    void theOwnerActsAsTheOwnersAccount() throws Exception {
        var browser = Browser.loggedIn(home, Role.OWNER);
        assertEquals(201, browser.send(browser.request("POST", CONFIG_MAPS).with("Content-Type", "application/json").withBody(CONFIG_MAP))
                .status());
        var review = browser.send(browser.request("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews")
                .with("Content-Type", "application/json")
                .withBody("{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}".getBytes()));
        assertEquals("system:serviceaccount:oikos-system:owner", review.json().at("status", "userInfo", "username").text(""));
    }

    @Test
    void aViewerLooksAndDoesNotTouch() throws Exception {
        var browser = Browser.loggedIn(home, Role.VIEWER);
        for (var seen : List.of("/apis/oikos.home/v1alpha1/devices", "/apis/oikos.home/v1alpha1/devicemodels", "/api/v1/pods",
                "/api/v1/nodes", "/api/v1/events",
                "/apis/apps/v1/deployments")) {
            assertEquals(200, browser.get(seen).status(), seen);
        }
        assertEquals(403, browser.get("/api/v1/secrets").status());
        assertEquals(403, browser.send(browser.request("POST", CONFIG_MAPS).with("Content-Type", "application/json").withBody(CONFIG_MAP))
                .status());
    }

    @Test
    void withoutACookieNothingChanges() throws Exception {
        var stranger = new Browser(home.handler);
        assertEquals(403, stranger.get("/api/v1/pods").status(), "anonymous, as without the dashboard");
        assertEquals(200, stranger.get("/version").status());
        assertEquals(401, stranger.send(stranger.request("GET", "/api/v1/pods").with("Authorization", "Bearer nonsense")).status());
    }

    @Test
    void aCookieThatIsNoSessionIsShutOutAndCleared() throws Exception {
        var stranger = new Browser(home.handler);
        var answer = stranger.send(stranger.request("GET", "/api/v1/pods").with("Cookie", Cookie.NAME + "=guessed"));
        assertEquals(401, answer.status());
        assertTrue(answer.header("Set-Cookie").contains("Max-Age=0"));
    }

    @Test
    void writesOfOtherOriginsAreRefused() throws Exception {
        var browser = Browser.loggedIn(home, Role.OWNER);
        var forged = LocalRequest.of("POST", CONFIG_MAPS).with("Host", Browser.HOST).with("Cookie", browser.cookie())
                .with("Content-Type", "application/json").withBody(CONFIG_MAP);
        assertEquals(403, browser.send(forged).status(), "no origin at all");
        assertEquals(403, browser.send(forged.with("Origin", "https://home.local:8080")).status(), "another port of the same host");
        assertEquals(403, browser.send(browser.request("GET", "/api/v1/pods").with("Sec-Fetch-Site", "same-site")).status(),
                "read by another port's page");
    }

    @Test
    void proxySubresourcesAreNotForBrowsers() throws Exception {
        var browser = Browser.loggedIn(home, Role.OWNER);
        for (var path : List.of("/api/v1/namespaces/media/pods/media/proxy/",
                "/api/v1/namespaces/media/services/http:media:80/proxy/index.html",
                "/api/v1/nodes/here/proxy/metrics", "/api/v1/namespaces/media/pods/media/pro%78y/", "/api/v1/proxy/nodes/here")) {
            assertEquals(403, browser.get(path).status(), path);
        }
        assertEquals(404, browser.get("/api/v1/namespaces/proxy/configmaps/proxy").status(), "a name is no subresource");
    }

    @Test
    void nobodyBecomesSomebodyElseByHeaders() throws Exception {
        var browser = Browser.loggedIn(home, Role.VIEWER);
        var request = browser.request("GET", "/api/v1/secrets").with("Impersonate-User", "kubernetes-admin")
                .with("Impersonate-Group", "system:masters")
                .withCertificate(home.authority.issueClient("admin", List.of("system:masters")).certificate());
        assertEquals(403, browser.send(request).status());
    }

    @Test
    void answersOfTheApiCannotRunAsPages() throws Exception {
        var answer = Browser.loggedIn(home, Role.OWNER).get("/api/v1/pods");
        assertEquals("nosniff", answer.header("X-Content-Type-Options"));
        assertTrue(answer.header("Content-Security-Policy").contains("sandbox"));
    }

    @Test
    void theTokenIsRenewedBeforeItEnds() throws Exception {
        var browser = Browser.loggedIn(home, Role.OWNER);
        for (int hour = 0; hour < 3; hour++) {
            assertEquals(200, browser.get("/api/v1/pods").status());
            home.clock.move(Duration.ofMinutes(55));
        }
    }

    @Test
    void aWatchEndsWithItsSession() throws Exception {
        var browser = Browser.loggedIn(home, Role.OWNER);
        var watched = (LocalAnswer.Watched) browser.call(browser.request("GET", "/api/v1/configmaps?watch=1"));
        assertEquals(204, browser.send(browser.request("DELETE", SessionPages.SESSION)).status());
        while (watched.frames().next().isPresent()) {
            // What was there before is told first; then the end comes by itself.
        }
        assertEquals(401, browser.get("/api/v1/pods").status());
    }
}
