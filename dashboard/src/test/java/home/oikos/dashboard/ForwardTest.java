package home.oikos.dashboard;

import static org.junit.jupiter.api.Assertions.*;

import home.oikos.api.JsonObject;
import home.oikos.client.Resources;
import home.oikos.client.Selection;
import home.oikos.http.Filter;
import home.oikos.http.LocalAnswer;
import home.oikos.pki.Fingerprint;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The dashboard in front of an API server that is reached over a transport, as on a Kubernetes of the user.
@Timeout(60)
class ForwardTest {
    private TestHome home;
    private Browser browser;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        home = new TestHome(directory);
        var facts = new PageFacts("Elsewhere", () -> Fingerprint.of(home.authority.certificate()), home.authority.certificatePem());
        var forward = new Forward(new InProcessTransport(home.api.handler(), null));
        browser = new Browser(Filter.chain(List.of(new Dashboard(home.client, facts, home.clock, new SecureRandom())), forward));
    }

    @AfterEach
    void stop() throws Exception {
        home.close();
    }

    @Test
    void theFarApiSeesTheSessionsUserAndNobodyElse() throws Exception {
        assertEquals(403, browser.get("/api/v1/pods").status(), "the transport has no rights of its own");
        browser.login(home.link(Role.VIEWER));
        assertEquals(200, browser.get("/api/v1/pods?limit=5").status());
        assertEquals(403, browser.get("/api/v1/secrets").status());
    }

    @Test
    void bodiesAndRefusalsArriveWhole() throws Exception {
        browser.login(home.link(Role.OWNER));
        var made = browser.send(browser.request("POST", "/api/v1/namespaces/home/configmaps").with("Content-Type", "application/json")
                .withBody(JsonObject.of("metadata", JsonObject.of("name", "note"), "data", JsonObject.of("a", "é")).bytes()));
        assertEquals(201, made.status());
        assertEquals("é", made.json().at("data", "a").text(""));
        assertEquals("NotFound", browser.get("/api/v1/namespaces/home/configmaps/none").json().at("reason").text(""));
    }

    @Test
    void aWatchIsPassedOnEventByEvent() throws Exception {
        browser.login(home.link(Role.OWNER));
        var watched = (LocalAnswer.Streamed) browser.call(browser.request("GET",
                "/api/v1/namespaces/home/configmaps?watch=1&resourceVersion="
                + home.client.list(Resources.CONFIG_MAPS, "home", Selection.ALL, _ -> { })));
        home.client.create(Resources.CONFIG_MAPS, JsonObject.of("apiVersion", "v1", "kind", "ConfigMap", "metadata",
                JsonObject.of("name", "news", "namespace", "home")));
        try (var lines = new BufferedReader(new InputStreamReader(watched.body()))) {
            assertTrue(lines.readLine().contains("\"news\""));
        }
    }
}
