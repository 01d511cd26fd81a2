package home.oikos.dashboard;

import static org.junit.jupiter.api.Assertions.*;

import home.oikos.api.ObjectKey;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Resources;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
    private TestHome home;
    private Sessions sessions;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        home = new TestHome(directory);
        sessions = fresh();
    }

    /// As after a restart.
    private Sessions fresh() {
        return new Sessions(home.client, home.clock, new SecureRandom());
    }

    @AfterEach
    void stop() throws Exception {
        home.close();
    }

    @Test
    void aSessionSurvivesARestart() {
        var opened = sessions.open(Role.OWNER, "a tablet", Optional.empty());
        var found = fresh().find(opened.cookie()).orElseThrow();
        assertEquals(Role.OWNER, found.role());
        assertEquals("a tablet", found.userAgent());
    }

    @Test
    void theCookieIsKeptNowhere() {
        var opened = sessions.open(Role.OWNER, "", Optional.empty());
        var secret = home.client.get(Resources.SECRETS, new ObjectKey(Accounts.NAMESPACE, opened.session().name()));
        var content = new SecretContent(secret);
        for (var name : secret.at("data").object().names()) assertFalse(content.text(name).contains(opened.cookie()), name);
        assertEquals(Digest.of(opened.cookie()).hex(), content.text("hash"));
    }

    @Test
    void anUnusedSessionEndsAfterThirtyDays() {
        var opened = sessions.open(Role.OWNER, "", Optional.empty());
        home.clock.move(Session.IDLE_MAX.minusMinutes(1));
        assertTrue(sessions.find(opened.cookie()).isPresent());
        home.clock.move(Session.IDLE_MAX.minusMinutes(1));
        assertTrue(sessions.find(opened.cookie()).isPresent(), "being used counts anew");
        home.clock.move(Session.IDLE_MAX);
        assertTrue(sessions.find(opened.cookie()).isEmpty());
        assertTrue(sessions.list().isEmpty(), "and its Secret is gone");
    }

    @Test
    void noSessionIsOlderThanHalfAYear() {
        var opened = sessions.open(Role.OWNER, "", Optional.empty());
        for (int day = 1; day < 180; day++) {
            home.clock.move(Duration.ofDays(1));
            assertTrue(sessions.find(opened.cookie()).isPresent(), "day " + day);
        }
        home.clock.move(Duration.ofDays(1));
        assertTrue(sessions.find(opened.cookie()).isEmpty());
    }

    @Test
    void beingSeenIsWrittenAFewTimesADayOnly() {
        var opened = sessions.open(Role.OWNER, "", Optional.empty());
        var before = version(opened);
        for (int minute = 0; minute < 300; minute++) {
            home.clock.move(Duration.ofMinutes(1));
            sessions.find(opened.cookie());
        }
        assertEquals(before, version(opened));
        home.clock.move(Duration.ofHours(2));
        sessions.find(opened.cookie());
        assertNotEquals(before, version(opened));
    }

    private String version(Sessions.Opened opened) {
        return home.client.get(Resources.SECRETS, new ObjectKey(Accounts.NAMESPACE, opened.session().name()))
                .at("metadata", "resourceVersion").text("");
    }

    @Test
    void aSessionDeletedByKubectlIsShutOutWithinSeconds() {
        var opened = sessions.open(Role.OWNER, "", Optional.empty());
        home.client.delete(Resources.SECRETS, new ObjectKey(Accounts.NAMESPACE, opened.session().name()), DeleteOptions.DEFAULT);
        home.clock.move(Sessions.BELIEVED);
        assertTrue(sessions.find(opened.cookie()).isEmpty());
    }

    @Test
    void whenThereAreTooManyTheOneNotSeenLongestGoes() {
        var first = sessions.open(Role.OWNER, "first", Optional.empty());
        for (int more = 1; more < Sessions.SESSIONS_MAX; more++) {
            home.clock.move(Duration.ofSeconds(1));
            sessions.open(Role.VIEWER, "another", Optional.empty());
        }
        assertTrue(sessions.find(first.cookie()).isPresent());
        home.clock.move(Duration.ofSeconds(1));
        var last = sessions.open(Role.OWNER, "last", Optional.empty());
        assertEquals(Sessions.SESSIONS_MAX, sessions.list().size());
        assertTrue(sessions.find(first.cookie()).isPresent(), "it was seen a moment ago");
        assertTrue(sessions.find(last.cookie()).isPresent());
    }

    @Test
    void theOwnerEndsAnySessionAndAViewerOnlyItsOwn() throws Exception {
        var owner = Browser.loggedIn(home, Role.OWNER);
        var viewer = Browser.loggedIn(home, Role.VIEWER);
        assertEquals(2, owner.get(SessionPages.SESSIONS).json().at("items").array().size());
        assertEquals(1, viewer.get(SessionPages.SESSIONS).json().at("items").array().size());
        var ofOwner = SessionPages.SESSIONS + "/" + Session.name(Digest.of(owner.cookie().replaceAll(".*=", "")));
        var ofViewer = SessionPages.SESSIONS + "/" + Session.name(Digest.of(viewer.cookie().replaceAll(".*=", "")));
        assertEquals(403, viewer.send(viewer.request("DELETE", ofOwner)).status());
        assertEquals(204, owner.send(owner.request("DELETE", ofViewer)).status());
        assertEquals(401, viewer.get("/api/v1/pods").status());
        assertEquals(404, owner.send(owner.request("DELETE", ofViewer)).status());
    }

    @Test
    void endingASessionTouchesNoOtherSecret() throws Exception {
        var owner = Browser.loggedIn(home, Role.OWNER);
        var link = home.link(Role.OWNER).replaceAll("\\..*", "");
        assertEquals(404, owner.send(owner.request("DELETE", SessionPages.SESSIONS + "/" + link)).status());
        assertTrue(home.client.find(Resources.SECRETS, new ObjectKey(Accounts.NAMESPACE, link)).isPresent());
    }
}
