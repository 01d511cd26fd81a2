package home.oikos.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.dashboard.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The browser shows the home: Debian's Chromium, which trusts the home's own CA and ignores no certificate error, enters by the link that `up` printed.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrowserTest {
    private static final Pattern LINK = Pattern.compile("https://\\S+/#\\S+");
    private static final List<String> DEVICES = List.of("kitchen-light", "living-light", "porch-light", "water-valve", "leak-sensor", "flow-meter", "fridge",
            "dishwasher", "fermenter", "vapour-sensor", "fermenter-heater", "fermenter-cooler", "brewery-fan", "fermenter-stirrer", "vapour-readers",
            "front-door-lock");

    private static Machine machine;
    private static Home home;
    private static Chromium browser;

    @BeforeAll
    static void enter(@TempDir Path directory) throws Exception {
        machine = Machine.create();
        home = Home.on(machine);
        var link = link(home.up("--demo"));
        browser = new Chromium(directory, home.data().resolve("ca.crt"));
        browser.screen(1280, 900, 1, false);
        browser.open(link);
    }

    static String link(String said) {
        var found = LINK.matcher(said);
        assertTrue(found.find(), "no link in\n" + said);
        return found.group();
    }

    @AfterAll
    static void leave() throws Exception {
        try (var _ = machine; var _ = home; var _ = browser) { }
    }

    private static String tile(String device) {
        return "[data-device='home/" + device + "']";
    }

    private static void keepPicture(String name) throws IOException {
        Files.write(Files.createDirectories(Path.of("target/screenshots")).resolve(name + ".png"), browser.screenshot());
    }

    /// The browser gives up what is on its way when the machine's network changes, as when pods start: then it is asked once more.
    private static void eventually(String what, Eventually.Check check) {
        Eventually.passes(what, check);
    }

    @Test
    @Order(1)
    void theLinkLetsInAndEveryDeviceHasATile() throws Exception {
        eventually("the tiles", () -> {
            for (var device : DEVICES) browser.await("document.querySelector(" + Chromium.quoted(tile(device)) + ")");
        });
        assertEquals(DEVICES.size(), browser.script("return document.querySelectorAll('.tile').length").integer(0));
        assertFalse(browser.script("return location.href").text("").contains("#/login"));
        eventually("the first line", () -> browser.awaitText("header h1", "All is well."));
        keepPicture("home");
    }

    @Test
    @Order(2)
    void aLinkOpensOnce(@TempDir Path directory) throws Exception {
        var link = link(home.oikos("login").run().text());
        try (var other = new Chromium(directory, home.data().resolve("ca.crt"))) {
            other.open(link);
            eventually("let in", () -> other.awaitText("main", "Kitchen light"));
        }
        try (var third = new Chromium(Files.createDirectories(directory.resolve("third")), home.data().resolve("ca.crt"))) {
            third.open(link);
            eventually("not let in", () -> third.awaitText("main", "./oikos login"));
        }
    }

    @Test
    @Order(3)
    void aTapOnALightSwitchesIt() throws Exception {
        assertEquals(false, home.isOn("kitchen-light", "on"));
        browser.click(tile("kitchen-light"));
        Eventually.becomes("wanted, as kubectl says", "true", () -> home.field("{.spec.desired.on}", "-n", "home", "device", "kitchen-light"));
        Eventually.becomes("the light itself", true, () -> home.isOn("kitchen-light", "on"));
        eventually("the tile", () -> browser.await("document.querySelector(" + Chromium.quoted(tile("kitchen-light")) + ").ariaChecked === 'true'"));
    }

    @Test
    @Order(4)
    void aRefusalNamesTheInterlock() throws Exception {
        home.set("fermenter-heater", "on", true);
        browser.click(tile("fermenter-cooler"));
        eventually("the refusal", () -> browser.awaitText(".tile:has(" + tile("fermenter-cooler") + ") .refusal", "heater-xor-cooler"));
        assertEquals("", home.field("{.spec.desired.on}", "-n", "home", "device", "fermenter-cooler").replace("false", ""));
        keepPicture("refusal");
    }

    @Test
    @Order(5)
    void aShellInAPodAnswers() throws Exception {
        browser.script("location.hash = '#/workloads'");
        browser.click("a[href^='#/terminal/brewery/vapour-readers-']");
        eventually("the answer", () -> {
            browser.script("document.querySelector('.terminal .button')?.click()");
            browser.await("document.querySelector('dialog .terminal input:not(:disabled)')");
            browser.type("dialog .terminal input", "echo $((6 * 7)) $(hostname)\uE007");
            browser.awaitText("dialog .log", "42 vapour-readers-");
        });
        keepPicture("shell");
    }

    @Test
    @Order(6)
    void aLoginIsProtectedByAPhoneLostAndRecovered() throws Exception {
        var login = new ProtectedLogin(home, browser);
        var phone = login.enrol();
        var paper = login.paper();
        login.confirm(phone);
        login.logOut();
        login.openAndBeAsked();
        login.give(phone.again());
        login.isRefused("used already");
        login.give("000000");
        login.isRefused("That code is wrong");
        login.waitOut();
        login.give(login.code(phone));
        login.isIn();
        login.logOut();

        login.openAndBeAsked();
        login.givePaper(paper.get(0));
        login.isIn();
        eventually("the page asks to enrol anew", () -> browser.awaitText("header", "You came in by a recovery code"));
        login.logOut();
        login.openAndBeAsked();
        login.givePaper(paper.get(0));
        login.isRefused("That code is wrong");
        login.waitOut();
        login.give(paper.get(1));
        login.isIn();
        browser.script("location.hash = '#/sessions'");
        browser.await("document.querySelector('.factor .buttons')");
        browser.click(".factor .buttons .button");
        browser.awaitText(".factor form", "Go on");
        var another = login.enrol();
        login.confirm(another);
        browser.await("!document.querySelector('header').innerText.includes('recovery code')");
        login.logOut();
        login.openAndBeAsked();
        login.give(login.code(phone));
        login.isRefused("That code is wrong");
        login.waitOut();
        login.give(login.code(another));
        login.isIn();
    }

    @Test
    @Order(7)
    void theTerminalRecoversWithoutPhoneAndPaper() throws Exception {
        var login = new ProtectedLogin(home, browser);
        assertTrue(home.oikos("otp", "enrol", "owner", "--login").tryRun().err().contains("--anew"), "shown once");
        var phone = login.enrolAtTheTerminal("--anew");
        assertTrue(home.oikos("otp", "verify", "owner", "--login", login.code(phone)).run().text().startsWith("accepted"));
        login.logOut();
        login.openAndBeAsked();
        login.give(login.code(phone));
        login.isIn();
        login.logOut();
        home.oikos("otp", "revoke", "owner", "--login").run();
        eventually("a link alone lets in", () -> {
            login.open();
            login.isIn();
        });
    }

    @Test
    @Order(8)
    void nothingBreaksThePagesPolicy() throws Exception {
        var broken = browser.complaints().lines().filter(line -> line.contains("Content Security Policy") || line.contains("Error: ")
                && !line.contains("net::ERR_NETWORK_CHANGED")).toList();
        assertEquals(List.of(), broken);
    }
}
