package home.oikos.dashboard;

import static org.junit.jupiter.api.Assertions.*;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Patch;
import home.oikos.client.Selection;
import home.oikos.http.HttpServer;
import home.oikos.http.ListenerOptions;
import home.oikos.http.ServerCertificate;
import home.oikos.pki.CertificateFile;
import home.oikos.pki.ServerNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The page in a real browser, over TLS, against a real API server with a home in it.
/// Needs Debian's chromium, chromium-driver and libnss3-tools.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class PageTest {
    private static final int LOGIN_TRIES_MAX = 10;
    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    private TestHome home;
    private HttpServer server;
    /// Where the page is, to open it there again.
    private ListenerOptions listener;
    private Chromium browser;
    private String root;
    private String axe;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        home = new TestHome(directory, List.of(PageTest::refuseCooler), Optional.of(new TestTelemetry(Furniture.READINGS)),
                List.of(new TestUsage("media", "media-7d9c5b6f4-x2kqp")));
        Furniture.into(home);
        var names = new ServerNames(List.of("localhost"), List.of(InetAddress.getByName("127.0.0.1")));
        var certificate = new CertificateFile(directory.resolve("pki"), home.authority).server(names);
        var proof = new ServerCertificate(certificate.key(), certificate.chain());
        server = HttpServer.start(new ListenerOptions(new InetSocketAddress("127.0.0.1", 0), proof), home.handler);
        listener = new ListenerOptions(server.address(), proof);
        root = "https://localhost:" + server.port() + "/";
        var authority = Files.writeString(directory.resolve("ca.crt"), home.authority.certificatePem());
        browser = new Chromium(Files.createDirectories(directory.resolve("browser")), authority);
        try (var in = PageTest.class.getResourceAsStream("/axe.min.js")) {
            axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Files.createDirectories(SCREENSHOTS);
        browser.screen(1280, 900, 1, false);
        login();
    }

    /// Chromium gives up what is on its way when the machine's network changes, as when another test makes an interface:
    /// then once more, with another link.
    private void login() throws Exception {
        enter(".tile, .refusal", "Kitchen light");
    }

    private void enter(String sign, String text) throws Exception {
        for (int tries = 0; tries < LOGIN_TRIES_MAX; tries++) {
            browser.open(root + "#" + home.link(Role.OWNER));
            browser.await("document.querySelector('" + sign + "') || document.body.innerText.match(/ERR_NETWORK_CHANGED|cannot be reached/)");
            if (browser.text("main").contains(text)) return;
        }
        browser.awaitText("main", text);
    }

    @AfterAll
    void stop() throws Exception {
        if (browser != null) browser.close();
        if (server != null) server.close(Duration.ZERO);
        if (home != null) home.close();
    }

    /// What the gateway says when the heater is wanted.
    private static JsonObject refuseCooler(JsonObject review) {
        var request = review.at("request");
        boolean refused = request.at("name").text("").equals("fermenter-cooler") && request.at("object", "spec", "desired", "on")
                .bool(false);
        var response = JsonObject.of("uid", request.at("uid").text(""), "allowed", !refused);
        if (refused) {
            response = response.with("status", JsonObject.of("code", 403, "reason", "Forbidden", "message",
                    "refused by interlock heater-xor-cooler: the heater is wanted on (fermenter-heater is wanted on=true)"));
        }
        return JsonObject.of("apiVersion", "admission.k8s.io/v1", "kind", "AdmissionReview", "response", response);
    }

    @BeforeEach
    void atHome() throws IOException {
        browser.screen(1280, 900, 1, false);
        go("home");
        browser.script("scrollTo(0, 0)");
    }

    private void go(String view) throws IOException {
        browser.script("location.hash = '#/" + view + "'");
        browser.await("!document.querySelector('dialog') || location.hash.match(/device|logs|batch/)");
    }

    private static String tile(String device) {
        return "[data-device='home/" + device + "']";
    }

    private void report(String device, String property, Object value) {
        var now = home.clock.instant().toString();
        home.client.patchStatus(TestHome.DEVICES, new ObjectKey("home", device),
                Patch.merge("status", JsonObject.of("reported", JsonObject.of(property,
                        JsonObject.of("value", value, "observedTime", now)))));
    }

    private void condition(ObjectKey device, String type, String status, String reason, String message) {
        var changed = home.client.get(TestHome.DEVICES, device).object().changeAt(conditions -> conditions.array()
                .map(each -> each.at("type").text("").equals(type)
                ? each.object().with("status", status).with("reason", reason).with("message", message) : each), "status", "conditions");
        home.client.updateStatus(TestHome.DEVICES, changed);
    }

    /// Waits until a person's wish has arrived in the API.
    private void awaitDesired(String device, String property, Object value) throws IOException {
        var key = new ObjectKey("home", device);
        var now = home.client.get(TestHome.DEVICES, key);
        if (now.at("spec", "desired", property).equals(Json.of(value))) return;
        var one = Selection.fields("metadata.name=" + device);
        try (var watch = home.client.watch(TestHome.DEVICES, "home", one, now.at("metadata", "resourceVersion").text(""))) {
            var event = watch.next().orElseThrow();
            while (!event.object().at("spec", "desired", property).equals(Json.of(value))) event = watch.next().orElseThrow();
        }
    }

    private void awaitSwitch(String device, boolean on) throws IOException {
        browser.await("document.querySelector(%s).ariaChecked === '%s'".formatted(Chromium.quoted(tile(device)), on));
    }

    @Test
    void theLinkIsGoneFromTheAddressAndTheCookieIsNotForScripts() throws Exception {
        assertFalse(browser.script("return location.href").text("").contains(TestHome.LINK_WORD));
        assertEquals("", browser.script("return document.cookie").text("?"));
    }

    @Test
    void aTapAsksForTheOtherStateAndTheTileFollowsWhatIsReported() throws Exception {
        browser.click(tile("porch-light"));
        awaitDesired("porch-light", "on", true);
        browser.awaitText(".tile:has(" + tile("porch-light") + ")", "turning on");
        awaitSwitch("porch-light", false);
        report("porch-light", "on", true);
        awaitSwitch("porch-light", true);
        browser.awaitText(tile("porch-light"), "On");
        browser.enter(tile("porch-light"));
        awaitDesired("porch-light", "on", false);
        report("porch-light", "on", false);
        awaitSwitch("porch-light", false);
    }

    @Test
    void aChangeIsSeenWithoutAnybodyAskingForIt() throws Exception {
        browser.awaitText(tile("flow-meter"), "2.4");
        browser.script("""
                const tile = document.querySelector("[data-device='home/flow-meter']");
                window.seen = new Promise(done => new MutationObserver(() => tile.innerText.includes('2.9') && done(Date.now()))
                    .observe(tile, { subtree: true, childList: true, characterData: true }));""");
        var before = System.nanoTime();
        report("flow-meter", "flow", 2.9);
        browser.later("window.seen.then(arguments[0])");
        var millis = Duration.ofNanos(System.nanoTime() - before).toMillis();
        System.out.println("a change was seen " + millis + " ms after it was asked for, the driver's round trip included");
        report("flow-meter", "flow", 2.4);
    }

    @Test
    void aRefusalAppearsOnTheTileWithInterlockAndReason() throws Exception {
        browser.click(tile("fermenter-cooler"));
        var card = ".tile:has(" + tile("fermenter-cooler") + ")";
        browser.awaitText(card, "heater-xor-cooler refuses: the heater is wanted on");
        awaitSwitch("fermenter-cooler", false);
        browser.click(card + " .refusal button");
        browser.await("!document.querySelector(%s)".formatted(Chromium.quoted(card + " .refusal")));
    }

    @Test
    void aLateValueLooksLateAndIsNamedInTheFirstLine() throws Exception {
        browser.awaitText(".tile.stale", "min ago, late");
        browser.awaitText("header", "Fridge is late: last heard");
    }

    @Test
    void whatWaitsSaysUntilWhen() throws Exception {
        condition(new ObjectKey("home", "living-light"), "InSync", "False", "Waiting",
                "on waits until 2026-01-01T13:05:00Z: dead time of heater-xor-cooler.");
        browser.awaitText(".tile:has(" + tile("living-light") + ")", "dead time of heater-xor-cooler");
        condition(new ObjectKey("home", "living-light"), "InSync", "True", "InSync", "It is as wanted.");
        browser.await("!document.querySelector(%s)".formatted(Chromium.quoted(".tile:has(" + tile("living-light") + ") .note")));
    }

    @Test
    void theSheetShowsWantedBesideReportedAndItsRules() throws Exception {
        go("device/home/fermenter-heater");
        browser.awaitText("dialog", "Heating belt");
        browser.awaitText("dialog", "heater-xor-cooler");
        browser.click("dialog [role=switch]");
        awaitDesired("fermenter-heater", "on", false);
        browser.click("dialog details summary");
        browser.awaitText("dialog .yaml", "modelName: heater");
        browser.click("dialog button[aria-label=Close]");
        browser.await("!document.querySelector('dialog')");
        home.client.patch(TestHome.DEVICES, new ObjectKey("home", "fermenter-heater"), Patch.merge("spec",
                JsonObject.of("desired", JsonObject.of("on", true))));
    }

    @Test
    void aLockOpensForACodeTypedOnItsSheetAndForNoTap() throws Exception {
        assertEquals("A", browser.script("return document.querySelector(%s).tagName".formatted(Chromium.quoted(tile("front-door-lock")))).text(""));
        go("device/home/front-door-lock");
        browser.awaitText("dialog", "Door lock");
        assertEquals(0, browser.script("return document.querySelectorAll('dialog [role=switch]').length").integer(-1));
        browser.type("dialog .keypad input", "123456\uE007");
        browser.awaitText("dialog .refusal", "the code was not accepted (Wrong): wrong; again in 5 s");
        assertEquals("", browser.script("return document.querySelector('dialog .keypad input').value").text("?"), "a code is not kept");
        for (boolean dark : new boolean[] {false, true}) check("device/home/front-door-lock", "phone", 390, 844, dark);
        browser.screen(1280, 900, 1, false);
        browser.type("dialog .keypad input", TestTelemetry.CODE);
        browser.click("dialog .keypad button");
        browser.awaitText("[role=status].unseen", "front-door-lock is told to open");
        browser.await("!document.querySelector('dialog .refusal')");
    }

    @Test
    void aSliderAsksForANumber() throws Exception {
        go("device/home/reading-lamp");
        browser.awaitText("dialog", "Brightness");
        browser.type("dialog input[type=range]", "\uE012");
        awaitDesired("reading-lamp", "brightness", 64);
    }

    @Test
    void escapeClosesTheSheet() throws Exception {
        go("device/home/leak-sensor");
        browser.await("document.querySelector('dialog')?.open");
        browser.type("dialog button", "\uE00C");
        browser.await("!document.querySelector('dialog') && location.hash === '#/home'");
    }

    @Test
    void aLatchedInterlockIsResetByAPerson() throws Exception {
        go("rules");
        browser.awaitText("main", "latched");
        browser.click(".rule.bad .button");
        var key = new ObjectKey("home", "no-vapour-with-heat");
        browser.awaitText("[role=status].unseen", "no-vapour-with-heat was reset");
        assertTrue(home.client.get(TestHome.INTERLOCKS, key).at("spec", "resetTime").text("").endsWith("Z"));
    }

    @Test
    void rulesAreSentencesWithLiveValues() throws Exception {
        go("rules");
        browser.awaitText("main", "When leak-sensor is wet (dry");
        browser.awaitText("main", "for 2 s: set water-valve closed and tell");
        browser.awaitText("main", "Never fermenter-heater is on (on");
        browser.awaitText("main", "2 from Friday 17:00 to Sunday 23:00 (Europe/Berlin)");
    }

    @Test
    void workloadsShowTheirReplicasAndWhyThereAreThatMany() throws Exception {
        go("workloads");
        browser.awaitText("main", "1 of 2 ready");
        browser.awaitText("main", "At 2 of 1-4 because it is within the hours from Friday 17:00 to Sunday 23:00 (Europe/Berlin).");
        assertEquals(1, browser.script("return document.querySelectorAll('.dot-starting').length").integer(0));
        browser.click(".pods a[href*='x2kqp']");
        browser.awaitText("dialog", "media-7d9c5b6f4-x2kqp");
    }

    @Test
    void workloadsShowWhatTheyUse() throws Exception {
        go("workloads");
        browser.awaitText(".usage", "0.4 % of a core");
        browser.awaitText(".usage", "21 MB");
        assertEquals(1, browser.script("return document.querySelectorAll('.usage').length").integer(0), "where nobody measures nothing is shown");
    }

    @Test
    void aShellInAPodAnswersAndRemembersLines() throws Exception {
        go("workloads");
        browser.await("document.querySelector('.pods a[href*=terminal]')");
        browser.click(".pods a[href='#/terminal/media/media-7d9c5b6f4-x2kqp']");
        browser.await("document.querySelector('.terminal input:not(:disabled)')");
        browser.type(".terminal input", "hello\uE007");
        browser.awaitText(".terminal .log", "$ hello\nmedia-7d9c5b6f4-x2kqp heard hello");
        browser.type(".terminal input", "\uE013");
        assertEquals("hello", browser.script("return document.querySelector('.terminal input').value").text(""));
        for (boolean dark : new boolean[] {false, true}) check("terminal", "phone", 390, 844, dark);
        browser.screen(1280, 900, 1, false);
        browser.script("document.querySelector('.terminal input').value = ''");
        browser.type(".terminal input", "exit\uE007");
        browser.awaitText(".terminal", "The shell has ended.");
        browser.click(".terminal .button");
        browser.await("document.querySelector('.terminal input:not(:disabled)')");
    }

    @Test
    void readingsAreAskedForOnlyWhatIsInSight() throws Exception {
        for (int i = 0; i < 300; i++) {
            home.create(TestHome.DEVICES, JsonObject.of("metadata", JsonObject.of("name", "many-" + i), "spec", JsonObject.of("room", "zz-attic",
                    "modelName", "flow-meter", "connection", JsonObject.of("mqtt", JsonObject.of("topic", "many/" + i)))));
        }
        browser.script("performance.setResourceTimingBufferSize(10000)");
        browser.await("document.querySelectorAll('.tile').length > 300");
        var asked = "performance.getEntriesByType('resource').filter(each => each.name.includes('/devices/%s/')).length";
        assertEquals(0, browser.script("return " + asked.formatted("many-299")).integer(-1), "it is far below");
        browser.script("document.querySelector('[data-device=\"home/many-299\"]').scrollIntoView()");
        browser.await(asked.formatted("many-299") + " === 1");
        assertEquals(0, browser.script("return " + asked.formatted("many-150")).integer(-1), "it was passed over");
        browser.script("scrollTo(0, 0)");
        for (int i = 0; i < 300; i++) {
            home.client.deleteIfPresent(TestHome.DEVICES, new ObjectKey("home", "many-" + i), DeleteOptions.DEFAULT);
        }
        browser.await("document.querySelectorAll('.tile').length < 300");
    }

    @Test
    void theStoryIsToldNewestFirst() throws Exception {
        go("story");
        browser.awaitText("main", "A hand switched it off");
        browser.awaitText(".story .band", "The power was cut; last sign of life ");
        var text = browser.text("main");
        assertTrue(text.indexOf("temperature was last heard") < text.indexOf("A hand switched it off"), text);
        browser.click(".filters button:last-child");
        browser.await("!document.querySelector('main').innerText.includes('A hand switched it off')");
        browser.click(".filters button");
    }

    @Test
    void aChartIsDrawnAndTellsItsValuesToWhoeverCannotSeeIt() throws Exception {
        go("charts");
        browser.await("document.querySelector('.plot canvas')");
        assertTrue(browser.script("return document.querySelector('.plot').ariaLabel").text("").contains("Fermenter temperature: from"));
    }

    @Test
    void aBatchShowsItsCurveWhatTheRuleSeesAndWhatComesNext() throws Exception {
        browser.awaitText(".batch", "1.024");
        browser.await("document.querySelector('.batch .gravity')?.getAttribute('d').length > 100");
        assertTrue(browser.script("return document.querySelector('.batch .curve').ariaLabel").text("").contains("stalled from"));
        browser.click(".batch .button");
        browser.awaitText("dialog", "72 % of what is expected is gone");
        browser.awaitText("dialog", "Warm it by 1 °C");
        browser.awaitText("dialog", "Next: patch yeast");
        browser.awaitText("dialog", "Fermenter: It should heat and waits until ");
        browser.await("!document.querySelector('dialog').innerText.includes('2026-01-02T20:15:00Z: Heater')");
        browser.awaitText("dialog", "The yeast is in");
        browser.script("window.saved = ''; URL.createObjectURL = blob => { blob.text().then(text => { window.saved = text; }); return 'blob:none'; };");
        browser.click("dialog .batch > .button");
        browser.await("window.saved.startsWith('date_time,gravity_sg,temperature_c,phase,comment') && window.saved.includes('Stalled')");
    }

    private void awaitRollout(String name, Predicate<Json> holds) throws IOException {
        var key = new ObjectKey("home", name);
        var now = home.client.get(TestHome.ROLLOUTS, key);
        if (holds.test(now.at("spec"))) return;
        try (var watch = home.client.watch(TestHome.ROLLOUTS, "home", Selection.fields("metadata.name=" + name),
                now.at("metadata", "resourceVersion").text(""))) {
            while (!holds.test(watch.next().orElseThrow().object().at("spec"))) continue;
        }
    }

    @Test
    void aRolloutIsARowThatFillsWithAReasonForEveryWait() throws Exception {
        var card = "[data-rollout='home/lights']";
        browser.awaitText(card, "Waits for living-light to load it");
        browser.awaitText(card, "budget never-all of rollout lights spares 1");
        browser.awaitText(card, "somebody reads");
        assertEquals("1 of 4 devices have it", browser.script("return document.querySelector(\"" + card + " .fleet\").ariaLabel").text(""));
        browser.click(card + " .buttons button");
        awaitRollout("lights", spec -> spec.at("paused").bool(false));
        browser.click(card + " .buttons button:nth-of-type(2)");
        awaitRollout("lights", spec -> spec.at("abort").bool(false) && !spec.at("paused").bool(true));
    }

    @Test
    void aRolloutThatWentBackSaysWhyAndIsTriedAgain() throws Exception {
        var card = "[data-rollout='home/appliances']";
        browser.awaitText(card, "Dishwasher: water flows although it does not run.");
        for (boolean dark : new boolean[] {false, true}) {
            browser.screen(390, 844, 2, dark);
            browser.script("document.getElementById('rollouts').scrollIntoView()");
            Files.write(SCREENSHOTS.resolve("rollouts-phone-" + (dark ? "dark" : "light") + ".png"), browser.screenshot());
        }
        browser.screen(1280, 900, 1, false);
        browser.script("document.getElementById('rollouts').scrollIntoView()");
        Files.write(SCREENSHOTS.resolve("rollouts-desktop-light.png"), browser.screenshot());
        browser.click(card + " .buttons button");
        awaitRollout("appliances", spec -> spec.at("attempt").integer(0) == 1);
    }

    @Test
    void aDiceShowsItsStateItsChanceAndItsBitsAndDrawsThemAnew() throws Exception {
        browser.awaitText(".dice", "3,072 bits");
        browser.awaitText(".dice", "40 are allowed");
        browser.await("document.querySelector('.dice .bits path')?.getAttribute('d').length > 10000");
        assertTrue(browser.script("return document.querySelector('.dice .histogram').ariaLabel").text("").contains("0: 48.0 %, 1: 52.0 %"));
        for (boolean dark : new boolean[] {false, true}) {
            browser.screen(dark ? 390 : 1280, 900, 1, dark);
            browser.script("document.querySelector('.dice').scrollIntoView()");
            Files.write(SCREENSHOTS.resolve(dark ? "dice-phone-dark.png" : "dice-desktop-light.png"), browser.screenshot());
        }
        browser.script("performance.clearResourceTimings()");
        browser.click(".dice .button");
        browser.await("performance.getEntriesByType('resource').some(each => each.name.endsWith('/entropysources/dice/samples?count=4096'))");
    }

    @Test
    void aFailedDiceIsToldInTheFirstLine() throws Exception {
        var key = new ObjectKey("home", "dice");
        var before = browser.text("header h1");
        home.client.patchStatus(TestHome.ENTROPY_SOURCES, key, Patch.merge("status", JsonObject.of("state", "Failed", "message", "it hung up")));
        browser.await("document.querySelector('header h1').innerText !== '" + before + "'");
        browser.awaitText(".dice", "It hung up");
        browser.awaitText(".dice .chip", "failed");
        home.client.patchStatus(TestHome.ENTROPY_SOURCES, key, Patch.merge("status", JsonObject.of("state", "Healthy", "message", "it is tested")));
        browser.awaitText(".dice .chip", "healthy");
    }

    @Test
    void sessionsAreListedAndEnded() throws Exception {
        var other = Browser.loggedIn(home, Role.VIEWER);
        go("sessions");
        browser.awaitText("main", "Firefox on Linux");
        browser.click("main button[aria-label^='End the session']");
        browser.await("!document.querySelector('main').innerText.includes('Firefox')");
        assertEquals(401, other.get("/api/v1/pods").status());
    }

    @Test
    void chartsCoverOtherSpansAndOtherReadings() throws Exception {
        go("charts");
        browser.click(".filters button");
        browser.await("document.querySelector('.filters button').ariaPressed === 'true'");
        browser.click(".choice label:has(input:not(:checked))");
        browser.await("document.querySelectorAll('.choice input:checked').length === 4");
        browser.click(".choice label:has(input:checked)");
        browser.click(".filters .button");
        browser.click(".filters button:nth-of-type(3)");
    }

    @Test
    void whoLogsOutIsToldHowToComeBackAndHowToKnowTheHome() throws Exception {
        go("sessions");
        browser.awaitText("main", "this one");
        browser.click("main li:has(.chip) button");
        browser.awaitText("main", "You are logged out");
        browser.awaitText("main", "./oikos login");
        browser.awaitText(".fingerprint", home.authority.fingerprint().text());
        for (boolean dark : new boolean[] {false, true}) {
            browser.screen(390, 844, 2, dark);
            Files.write(SCREENSHOTS.resolve("login-phone-" + (dark ? "dark" : "light") + ".png"), browser.screenshot());
            accessible("login" + (dark ? " dark" : " light"));
        }
        login();
    }

    /// As a camera sees it.
    private String scanned() throws Exception {
        browser.script("document.querySelector('.qr').scrollIntoView({ block: 'center' })");
        var picture = Files.write(SCREENSHOTS.resolve("qr.png"), browser.screenshot());
        var process = new ProcessBuilder("zbarimg", "--nodbus", "--raw", "--quiet", picture.toString()).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private void checkOnPhone(String view) throws Exception {
        for (boolean dark : new boolean[] {false, true}) {
            check(view, "phone", 390, 844, dark);
            check(view, "small", 320, 568, dark);
        }
        browser.screen(1280, 900, 1, false);
    }

    private void give(String code) throws IOException {
        browser.script("document.querySelector('form.code input').value = ''");
        browser.type("form.code input", code);
        browser.click("form.code .button");
    }

    @Test
    void aLoginIsProtectedByAPhoneAndNoMore() throws Exception {
        go("sessions");
        browser.awaitText(".factor", "Protect my login");
        browser.click(".factor .button");
        browser.await("document.querySelector('.qr')");
        var uri = scanned();
        assertEquals(browser.script("return document.querySelector('.steps a').href").text(""), uri);
        assertTrue(uri.startsWith("otpauth://totp/Oikos:owner%40Test%20home?secret="), uri);
        assertEquals(8, browser.script("return document.querySelectorAll('.paper li').length").integer(0));
        checkOnPhone("enrolling");
        var phone = new Phone(uri.replaceAll(".*secret=([A-Z2-7]+).*", "$1"));
        give(phone.code(home.clock.instant()));
        browser.awaitText(".factor", "Your login needs a code of your phone");
        browser.awaitText(".factor", "8 of 8 recovery codes");
        checkOnPhone("enrolled");
        browser.click(".rows .button");
        browser.awaitText("main", "You are logged out.");
        enter("form.code", "This login is protected");
        checkOnPhone("code");
        give("000000");
        browser.awaitText(".refusal", "That code is wrong. Try again in 5 s.");
        home.clock.move(Duration.ofSeconds(6));
        give(phone.again());
        browser.awaitText(".refusal", "That code was used already.");
        give(phone.code(home.clock.instant()));
        browser.awaitText("main", "Kitchen light");
        go("sessions");
        browser.awaitText(".factor", "Turn off");
        browser.click(".factor .buttons .button:last-child");
        browser.awaitText(".factor", "gets in without a code");
        browser.click(".factor form .button");
        browser.awaitText(".factor", "Protect my login");
    }

    /// Somebody enrols at the terminal: a tablet that was in before shows a field for the code, and then the home again.
    @Test
    void aSessionOfBeforeIsAskedForACodeAndGoesOn() throws Exception {
        var factors = new SecondFactors(home.client, home.clock);
        factors.find("owner").ifPresent(this::forget);
        var key = factors.bind("owner", "Test home");
        try {
            var phone = new Phone(home.client.post(TestHome.SERVED, key, "enrolment", JsonObject.EMPTY).at("secret").text(""));
            home.client.post(TestHome.SERVED, key, "verify", JsonObject.of("code", phone.code(home.clock.instant())));
            home.clock.move(Sessions.BELIEVED);
            browser.script("fetch('/api/v1/pods')");
            browser.awaitText("main", "This login is protected");
            give(phone.code(home.clock.instant()));
            browser.awaitText("main", "Kitchen light");
        } finally {
            forget(key);
        }
    }

    private void forget(ObjectKey factor) {
        home.client.delete(TestHome.ONE_TIME_PASSWORDS, factor, DeleteOptions.DEFAULT);
        home.clock.move(Sessions.BELIEVED);
    }

    @Test
    void aLostConnectionIsSaidAndHealsByItself() throws Exception {
        server.close(Duration.ZERO);
        browser.awaitText(".live", "reconnecting");
        report("vapour-sensor", "ethanol", 431);
        report("porch-light", "on", true);
        server = HttpServer.start(listener, home.handler);
        browser.awaitText(".live", "live");
        browser.awaitText(tile("vapour-sensor"), "431");
        browser.awaitText(".missed", "Meanwhile: Porch light is on");
        browser.click(".missed button");
        browser.await("!document.querySelector('.missed')");
        report("porch-light", "on", false);
        report("vapour-sensor", "ethanol", 420);
        browser.complaints();
    }

    @ParameterizedTest
    @CsvSource({"home", "workloads", "rules", "story", "charts", "sessions", "device/home/fermenter", "device/home/kitchen-light", "batch/home/pale-ale"})
    void everyViewPassesTheAccessibilityCheckerAndIsPhotographed(String view) throws Exception {
        go(view);
        for (boolean dark : new boolean[] {false, true}) {
            check(view, "desktop", 1280, 900, dark);
            check(view, "phone", 390, 844, dark);
            check(view, "small", 320, 568, dark);
        }
    }

    private void check(String view, String screen, int width, int height, boolean dark) throws Exception {
        browser.screen(width, height, width < 500 ? 2 : 1, dark);
        browser.await("document.querySelector('main').innerText.length > 20 || document.querySelector('dialog')");
        browser.await("!location.hash.match(/charts|fermenter/) || document.querySelector('.plot')?.dataset.scheme === '"
                + (dark ? "dark" : "light") + "'");
        Files.write(SCREENSHOTS.resolve(view.replace('/', '-') + "-" + screen + (dark ? "-dark" : "-light") + ".png"),
                browser.screenshot());
        accessible(view + " " + screen + (dark ? " dark" : " light"));
        assertTrue(browser.script("return document.documentElement.scrollWidth <= innerWidth").bool(false), view + " is wider than a "
                + screen);
    }

    private void accessible(String what) throws Exception {
        browser.script("if (!window.axe) { " + axe + " }");
        var found = browser.later("""
                const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
                const told = violation => violation.id + ': ' + violation.nodes
                    .map(node => node.target + ' ' + node.failureSummary).join(' | ');
                axe.run(document, { resultTypes: ['violations'], runOnly: levels })
                    .then(result => arguments[0](result.violations.map(told)))""");
        assertEquals(List.of(), found.array().stream().map(Json::toString).toList(), what);
    }

    @Test
    void nothingBreaksThePagesPolicy() throws Exception {
        for (var view : List.of("home", "workloads", "rules", "story", "charts", "sessions", "device/home/fermenter")) go(view);
        browser.await("document.querySelector('dialog .plot canvas')");
        var complaints = browser.complaints().lines().filter(line -> line.contains("Content Security Policy") || line.contains("TypeError")
                || line.contains("ReferenceError")).toList();
        assertEquals(List.of(), complaints);
    }
}
