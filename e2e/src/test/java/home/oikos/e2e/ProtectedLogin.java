package home.oikos.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.dashboard.Chromium;
import home.oikos.dashboard.Phone;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// What an owner does at the page about a login that asks for codes of a phone. Chromium gives up what is on its way when the machine's network changes:
/// what may be done twice is done again.
final class ProtectedLogin {
    private static final String SECRET = ".*secret=([A-Z2-7]+)[\\s\\S]*";

    private final Home home;
    private final Chromium browser;
    private final Clock clock = Clock.systemUTC();

    ProtectedLogin(Home home, Chromium browser) {
        this.home = home;
        this.browser = browser;
    }

    /// Begins, reads the picture as a camera does, and leaves the field for the first code open.
    Phone enrol() throws Exception {
        browser.script("location.hash = '#/sessions'");
        browser.await("document.querySelector('.factor .button')");
        browser.click(".factor .button");
        browser.await("document.querySelector('.factor .qr')");
        browser.script("document.querySelector('.qr').scrollIntoView({ block: 'center' })");
        var picture = Files.write(Files.createTempFile("oikos-e2e-qr", ".png"), browser.screenshot());
        try {
            return new Phone(scanned(picture).replaceFirst(SECRET, "$1"));
        } finally {
            Files.delete(picture);
        }
    }

    private static String scanned(Path picture) throws IOException {
        var process = new ProcessBuilder("zbarimg", "--nodbus", "--raw", "--quiet", picture.toString()).redirectErrorStream(true).start();
        var uri = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertTrue(uri.startsWith("otpauth://totp/Oikos:owner%40"), uri);
        return uri;
    }

    /// The same, as the terminal says it.
    Phone enrolAtTheTerminal(String... options) {
        return new Phone(home.oikos("otp", "enrol", "owner", "--login").with(options).run().text().replaceFirst("[\\s\\S]*?" + SECRET, "$1"));
    }

    String code(Phone phone) throws IOException {
        return phone.code(clock.instant());
    }

    List<String> paper() throws IOException {
        var codes = browser.script("return [...document.querySelectorAll('.paper code')].map(code => code.innerText)");
        return codes.array().stream().map(code -> code.text("")).toList();
    }

    void confirm(Phone phone) throws IOException {
        give(code(phone));
        browser.awaitText(".factor", "Your login needs a code of your phone");
    }

    void logOut() throws IOException {
        browser.script("location.hash = '#/sessions'");
        browser.await("document.querySelector('.rows .button')");
        browser.click(".rows li:has(.chip) .button");
        browser.awaitText("main", "You are logged out.");
    }

    /// Opens a fresh link.
    void open() throws IOException {
        browser.open("about:blank");
        browser.open(BrowserTest.link(home.oikos("login").run().text()));
    }

    void openAndBeAsked() {
        Eventually.passes("asked for a code", () -> {
            open();
            browser.await("document.querySelector('form.code')");
        });
    }

    /// Types a code where one is asked for.
    void give(String code) throws IOException {
        browser.script("document.querySelector('form.code input').value = ''");
        browser.type("form.code input", code);
        browser.click("form.code .button");
    }

    void givePaper(String code) throws IOException {
        browser.click(".lost");
        browser.awaitText("form.code", "Recovery code");
        give(code);
    }

    void isRefused(String why) throws IOException {
        browser.awaitText(".refusal", why);
    }

    void isIn() throws IOException {
        browser.await("document.querySelector('.tile')");
    }

    /// Nothing is looked at for some seconds after a wrong code.
    void waitOut() {
        Eventually.passes("the pause after a wrong code", () -> assertTrue(clock.instant().isAfter(Instant.parse(
                home.field("{.status.blockedUntilTime}", "-n", "oikos-system", "onetimepassword", "page-owner")).plusSeconds(1))));
    }
}
