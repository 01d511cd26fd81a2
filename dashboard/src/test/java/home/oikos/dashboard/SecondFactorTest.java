package home.oikos.dashboard;

import static org.junit.jupiter.api.Assertions.*;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import home.oikos.dashboard.Browser.Answer;
import home.oikos.http.LocalAnswer;
import home.oikos.http.LocalRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Codes beside the link: asked for once somebody enrolled, judged by the real verification, guessed at, replayed, lost with the phone and recovered.
@Timeout(120)
class SecondFactorTest {
    private static final ObjectKey FACTOR = new ObjectKey(Accounts.NAMESPACE, "page-owner");

    private TestHome home;
    /// The owner's browser, logged in before anything was enrolled.
    private Browser owner;
    private Phone phone;
    private List<String> paper;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        home = new TestHome(directory);
        owner = Browser.loggedIn(home, Role.OWNER);
    }

    @AfterEach
    void stop() throws Exception {
        home.close();
    }

    private static String message(Answer answer) {
        return answer.json().at("message").text("");
    }

    private void scan(Answer enrolled) {
        assertEquals(201, enrolled.status(), () -> message(enrolled));
        phone = new Phone(enrolled.json().at("secret").text(""));
        paper = enrolled.json().at("recoveryCodes").array().stream().map(code -> code.text("")).toList();
    }

    private Answer begin(String code) throws IOException {
        return owner.post(SecondFactorPages.ENROLMENT, JsonObject.of("code", code));
    }

    private Answer confirm(String code) throws IOException {
        return owner.post(SecondFactorPages.CONFIRMATION, JsonObject.of("code", code));
    }

    private String code() throws IOException {
        return phone.code(home.clock.instant());
    }

    private void enrol() throws IOException {
        scan(begin(""));
        var confirmed = confirm(code());
        assertEquals(200, confirmed.status(), () -> message(confirmed));
        assertTrue(confirmed.json().at("enrolled").bool(false));
    }

    private Answer login(String code) throws IOException {
        return new Browser(home.handler).login(home.link(Role.OWNER), code);
    }

    private Json status() {
        return home.client.get(TestHome.ONE_TIME_PASSWORDS, FACTOR).at("status");
    }

    @Test
    void aLoginAsksForACodeFromTheFirstConfirmedOneOnAndNotBefore() throws Exception {
        scan(begin(""));
        assertEquals(201, login("").status(), "shown is not enrolled");
        assertEquals(403, confirm("000000").status());
        assertEquals(201, login("").status());
        home.clock.move(Duration.ofSeconds(6));
        assertEquals(400, confirm(paper.getFirst()).status(), "paper proves no phone");
        assertEquals(200, confirm(code()).status());
        assertEquals(409, confirm(code()).status(), "there is nothing to confirm any more");
        var link = home.link(Role.OWNER);
        var browser = new Browser(home.handler);
        var asked = browser.login(link);
        assertEquals(202, asked.status());
        assertTrue(asked.json().at("codeNeeded").bool(false));
        assertEquals("", asked.header("Set-Cookie"));
        assertEquals(201, browser.login(link, phone.again()).status(), "the link waited for the code");
        assertEquals(200, browser.get("/api/v1/pods").status());
        assertEquals(403, new Browser(home.handler).login(link, code()).status(), "and opens once");
    }

    @Test
    void aCodeLetsInOnce() throws Exception {
        enrol();
        assertTrue(message(login(phone.again())).contains("used already"));
        assertEquals(201, login(code()).status());
        var replayed = login(phone.again());
        assertEquals(403, replayed.status());
        assertTrue(message(replayed).contains("used already"), message(replayed));
    }

    @Test
    void ofManyWithTheSameLinkAndCodeAtOnceOneIsLetIn() throws Exception {
        enrol();
        var link = home.link(Role.OWNER);
        var code = code();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tries = Collections.nCopies(16, (Callable<Integer>) () -> new Browser(home.handler).login(link, code).status());
            assertEquals(1, threads.invokeAll(tries).stream().filter(status -> status.resultNow() == 201).count());
        }
    }

    @Test
    void aLostPhoneIsRecoveredByPaperOnceAndItsCodesAreWorthNothingAfterwards() throws Exception {
        enrol();
        var lost = phone;
        var link = home.link(Role.OWNER);
        owner = new Browser(home.handler);
        var recovered = owner.login(link, paper.getFirst());
        assertEquals(201, recovered.status());
        assertTrue(recovered.json().at("session", "recovered").bool(false), "the page asks to enrol anew");
        assertEquals(403, login(paper.getFirst()).status(), "good once");
        assertEquals(7, owner.get(SecondFactorPages.ROOT).json().at("recoveryCodesLeft").integer(0));
        var old = paper;
        scan(begin(""));
        home.clock.move(Duration.ofSeconds(6));
        assertEquals(202, login("").status(), "it asks on while another phone is being enrolled");
        assertEquals(200, confirm(code()).status());
        assertFalse(owner.get(SessionPages.SESSION).json().at("session", "recovered").bool(true));
        assertEquals(403, login(lost.code(home.clock.instant())).status());
        home.clock.move(Duration.ofSeconds(6));
        assertEquals(403, login(old.getLast()).status(), "nor is the old paper");
        home.clock.move(Duration.ofSeconds(11));
        assertEquals(201, login(code()).status());
    }

    @Test
    void sessionsOfBeforeGiveACodeOnceAndGoOn() throws Exception {
        var tablet = Browser.loggedIn(home, Role.OWNER);
        var viewer = Browser.loggedIn(home, Role.VIEWER);
        var watch = (LocalAnswer.Watched) tablet.call(tablet.request("GET", "/api/v1/pods?watch=true"));
        enrol();
        while (watch.frames().next().isPresent()) {
            // What was there before is told first; then the end comes by itself.
        }
        assertEquals(401, tablet.get("/api/v1/pods").status());
        assertEquals(401, tablet.get(SessionPages.SESSIONS).status());
        assertEquals(401, tablet.get(SecondFactorPages.ROOT).status());
        var stands = tablet.get(SessionPages.SESSION).json();
        assertTrue(stands.at("codeNeeded").bool(false) && stands.at("session").isNull(), stands.toString());
        assertEquals(202, tablet.post(SessionPages.LOGIN, JsonObject.EMPTY).status());
        assertEquals(403, tablet.post(SessionPages.LOGIN, JsonObject.of("code", phone.again())).status());
        assertEquals(200, tablet.post(SessionPages.LOGIN, JsonObject.of("code", code())).status());
        assertEquals(200, tablet.get("/api/v1/pods").status());
        assertEquals(200, owner.get("/api/v1/pods").status(), "the one who enrolled has shown a code");
        assertEquals(200, viewer.get("/api/v1/pods").status(), "another account");
    }

    @Test
    void whatASessionOwesIsKnownAfterARestartAndItMayEnd() throws Exception {
        var tablet = Browser.loggedIn(home, Role.OWNER);
        enrol();
        tablet.post(SessionPages.LOGIN, JsonObject.of("code", code()));
        var sessions = new Sessions(home.client, home.clock, new SecureRandom());
        var factors = new SecondFactors(home.client, home.clock);
        assertFalse(factors.asks(sessions.find(tablet.cookie().replaceAll("^[^=]*=", "")).orElseThrow()));
        var other = new Browser(home.handler);
        assertEquals(201, other.login(home.link(Role.OWNER), code()).status());
        var owing = sessions.open(Role.OWNER, "", Optional.empty());
        assertTrue(factors.asks(owing.session()));
        assertEquals(204, other.send(other.request("DELETE", SessionPages.SESSIONS + "/" + owing.session().name())).status());
    }

    @Test
    void aCodeOfOneThatIsGoneIsNoCodeOfTheNext() throws Exception {
        enrol();
        var tablet = new Browser(home.handler);
        assertEquals(201, tablet.login(home.link(Role.OWNER), code()).status());
        home.client.delete(TestHome.ONE_TIME_PASSWORDS, FACTOR, DeleteOptions.DEFAULT);
        home.clock.move(Sessions.BELIEVED);
        assertEquals(200, tablet.get("/api/v1/pods").status());
        enrol();
        assertEquals(401, tablet.get("/api/v1/pods").status());
    }

    @Test
    void toChangeWhatAsksTakesACodeGivenNowOrJustBefore() throws Exception {
        enrol();
        home.clock.move(Proof.FRESH);
        var lost = phone;
        assertEquals(202, begin("").status());
        assertEquals(202, owner.post(SecondFactorPages.REVOCATION, JsonObject.EMPTY).status());
        assertEquals(403, begin("000000").status());
        home.clock.move(Duration.ofSeconds(6));
        scan(begin(lost.code(home.clock.instant())));
        scan(begin(""));
        assertEquals(200, confirm(code()).status());
        var before = status().at("enrolledTime");
        assertTrue(before.isPresent());
        assertEquals(200, owner.post(SecondFactorPages.REVOCATION, JsonObject.EMPTY).status());
        assertEquals(201, login("").status(), "as before there was one");
        scan(begin(""));
        assertEquals(201, login("").status(), "and not before the first code again");
        assertEquals(200, confirm(code()).status());
        assertEquals(202, login("").status());
    }

    @Test
    void onlyTheOwnerChangesWhatIsAsked() throws Exception {
        var viewer = Browser.loggedIn(home, Role.VIEWER);
        assertEquals(403, viewer.get(SecondFactorPages.ROOT).status());
        assertEquals(403, viewer.post(SecondFactorPages.ENROLMENT, JsonObject.EMPTY).status());
        assertEquals(401, new Browser(home.handler).post(SecondFactorPages.ENROLMENT, JsonObject.EMPTY).status());
        var foreign = LocalRequest.of("POST", SecondFactorPages.ENROLMENT).with("Host", Browser.HOST).with("Origin", "https://evil.example")
                .with("Cookie", owner.cookie()).withBody("{}".getBytes());
        assertEquals(403, owner.send(foreign).status());
        assertEquals(405, owner.send(owner.request("DELETE", SecondFactorPages.ROOT)).status());
    }

    /// Whoever may write in `home` must not lock the owner out, nor let himself in.
    @Test
    void onlyWhatLiesBesideTheAccountIsBoundToIt() throws Exception {
        home.create(TestHome.ONE_TIME_PASSWORDS, Json.parse("""
                {"metadata":{"name":"mine","namespace":"home"},"spec":{"subject":{"kind":"ServiceAccount","name":"owner"}},
                 "status":{"phase":"Active","shownTime":"2026-01-01T00:00:00Z","enrolledTime":"2026-01-01T00:00:00Z"}}"""));
        assertEquals(201, login("").status());
    }

    @Test
    void aCodeOfAnotherAccountsPhoneIsWrong() throws Exception {
        enrol();
        var owners = phone;
        var key = new SecondFactors(home.client, home.clock).bind("viewer", "x".repeat(80));
        var served = home.client.post(TestHome.SERVED, key, "enrolment", JsonObject.EMPTY);
        var viewers = new Phone(served.at("secret").text(""));
        home.client.post(TestHome.SERVED, key, "verify", JsonObject.of("code", viewers.code(home.clock.instant())));
        var viewer = new Browser(home.handler);
        assertTrue(message(viewer.login(home.link(Role.VIEWER), owners.code(home.clock.instant()))).contains("wrong"));
        assertTrue(message(login(viewers.code(home.clock.instant()))).contains("wrong"));
        home.clock.move(Duration.ofSeconds(6));
        assertEquals(201, viewer.login(home.link(Role.VIEWER), viewers.again()).status());
    }

    @Test
    void whoHasNoLinkLearnsNothingAndLocksNothing() throws Exception {
        var before = new Browser(home.handler).login("login-x.aaaaaaaaaaaaaaaaaaaaaaaa", "123456");
        enrol();
        var answers = new HashSet<String>();
        for (int guess = 0; guess < 200; guess++) {
            var stranger = new Browser(home.handler);
            answers.add(new String(stranger.login("login-x.aaaaaaaaaaaaaaaaaaaaaaaa", "%06d".formatted(guess)).bytes()));
            assertEquals(403, stranger.post(SessionPages.LOGIN, JsonObject.of("code", "%06d".formatted(guess))).status());
        }
        assertEquals(Set.of(new String(before.bytes())), answers, "as if nobody had enrolled");
        assertFalse(new Browser(home.handler).get(SessionPages.SESSION).json().at("codeNeeded").bool(false));
        assertEquals(0, status().at("failures").integer(-1));
        assertEquals(201, login(code()).status());
    }

    @Test
    void whoFoundALinkGuessesFiveTimesFromHoweverManyBrowsersAndLocksNobodyOut() throws Exception {
        enrol();
        var link = home.link(Role.OWNER);
        int wrong = 0;
        int status = 0;
        for (int second = 0; second < 500 && status != 410; second++) {
            home.clock.move(Duration.ofSeconds(1));
            for (int browser = 0; browser < 3 && status != 410; browser++) {
                var answer = new Browser(home.handler).login(link, "%06d".formatted(second * 3 + browser));
                status = answer.status();
                if (message(answer).contains("wrong.")) wrong++;
                else assertTrue(message(answer).contains("too soon"), message(answer));
            }
        }
        assertEquals(CodeCheck.WRONG_CODES_MAX, wrong);
        assertEquals(403, new Browser(home.handler).login(link, code()).status(), "the link is gone");
        home.clock.move(Duration.ofMinutes(1));
        assertEquals("Active", status().at("phase").text(""));
        assertEquals(201, login(code()).status(), "and the owner is let in");
    }

    @Test
    void aSessionThatOwesACodeEndsAfterFiveWrongOnes() throws Exception {
        var found = Browser.loggedIn(home, Role.OWNER);
        enrol();
        int status = 0;
        for (int guess = 1; guess <= CodeCheck.WRONG_CODES_MAX; guess++) {
            home.clock.move(Duration.ofMinutes(1));
            status = found.post(SessionPages.LOGIN, JsonObject.of("code", "00000" + guess)).status();
        }
        assertEquals(410, status);
        assertFalse(found.get(SessionPages.SESSION).json().at("codeNeeded").bool(false), "a stranger now");
        home.clock.move(Duration.ofMinutes(1));
        assertEquals(201, login(code()).status());
    }

    @Test
    void aLockedOneIsOpenedByPaperAndByTheTerminal() throws Exception {
        enrol();
        for (int failure = 0; failure < 10; failure++) {
            home.clock.move(Duration.ofMinutes(1));
            login("00000" + failure);
        }
        home.clock.move(Duration.ofMinutes(1));
        assertTrue(message(login(code())).contains("oikos otp enrol owner --login --anew"));
        assertEquals(201, login(paper.get(1)).status());
        assertEquals(201, login(code()).status());
        var terminal = new SecondFactors(home.client, home.clock);
        home.client.patch(TestHome.ONE_TIME_PASSWORDS, terminal.find("owner").orElseThrow(), Patch.merge("spec", JsonObject.of("policy", "Revoked")));
        assertEquals(201, login("").status());
    }

    @Test
    void aClockSetBackByADayLetsNothingOldInAndPaperStillWorks() throws Exception {
        enrol();
        assertEquals(201, login(code()).status());
        home.clock.move(Duration.ofDays(-1));
        var yesterday = new Phone(secret());
        assertTrue(message(login(yesterday.code(home.clock.instant()))).contains("clock"), message(login(yesterday.again())));
        assertEquals(201, login(paper.getFirst()).status());
        home.clock.move(Duration.ofDays(1).plusSeconds(30));
        assertEquals(201, login(code()).status());
    }

    private String secret() {
        var secret = home.client.get(Resources.SECRETS, new ObjectKey(Accounts.NAMESPACE, "page-owner-one-time-password"));
        return new SecretContent(secret).text("secret");
    }

    @Test
    void whatIsBrokenLetsNobodyIn() throws Exception {
        enrol();
        var key = new ObjectKey(Accounts.NAMESPACE, "page-owner-one-time-password");
        home.client.patch(Resources.SECRETS, key, Patch.merge("stringData", JsonObject.of("secret", "MZXW1YTB")));
        var broken = login(code());
        assertEquals(400, broken.status());
        assertTrue(message(broken).contains("base32"), message(broken));
        home.client.deleteIfPresent(Resources.SECRETS, key, DeleteOptions.DEFAULT);
        var gone = login(code());
        assertEquals(503, gone.status());
        assertTrue(message(gone).contains("oikos otp enrol page-owner -n oikos-system --anew"), message(gone));
        for (var odd : List.of("-1", "12345", "a".repeat(65), "１２３４５６")) assertNotEquals(201, login(odd).status(), odd);
    }
}
