package home.oikos.dashboard;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// Debian's Chromium without a screen, driven over W3C WebDriver (https://www.w3.org/TR/webdriver2/). It has a home directory of its own,
/// in which only the given authority is trusted besides the world's; no certificate error is ignored.
public final class Chromium implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("successfully on port (\\d+)");
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
    private static final String ENTER = "\uE007";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process driver;
    private final String root;
    private final String session;

    /// @param authority PEM file of the authority to trust; null to know no home at all
    public Chromium(Path directory, Path authority) throws IOException {
        if (authority != null) trust(directory, authority);
        driver = start(directory);
        root = "http://127.0.0.1:" + port() + "/session";
        var wanted = JsonObject.of("capabilities", JsonObject.of("alwaysMatch", capabilities(directory)));
        session = call("POST", "", wanted).at("sessionId").text("");
    }

    private static void trust(Path directory, Path authority) throws IOException {
        var certificates = Files.createDirectories(directory.resolve(".pki/nssdb"));
        run("certutil", "-d", "sql:" + certificates, "-N", "--empty-password");
        run("certutil", "-d", "sql:" + certificates, "-A", "-t", "C,,", "-n", "home", "-i", authority.toString());
    }

    private static void run(String... command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes());
        if (process.onExit().join().exitValue() != 0) throw new IOException(String.join(" ", command) + ": " + said);
    }

    private static Process start(Path directory) throws IOException {
        var builder = new ProcessBuilder("chromedriver", "--port=0").redirectErrorStream(true);
        builder.environment().put("HOME", directory.toString());
        builder.environment().remove("XDG_DATA_HOME");
        return builder.start();
    }

    /// The driver tells its port; what it says later is read away, so that it never waits for us.
    private String port() throws IOException {
        var said = new BufferedReader(new InputStreamReader(driver.getInputStream()));
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            var port = PORT.matcher(line);
            if (!port.find()) continue;
            Thread.ofVirtual().start(() -> said.lines().forEach(_ -> { }));
            return port.group(1);
        }
        throw new IOException("chromedriver did not start");
    }

    private static JsonObject capabilities(Path directory) {
        var arguments = JsonArray.of("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars",
                "--force-color-profile=srgb",
                "--user-data-dir=" + directory.resolve("profile"), "--window-size=1280,900");
        return JsonObject.of("browserName", "chrome", "acceptInsecureCerts", false, "goog:chromeOptions", JsonObject.of("args", arguments),
                "goog:loggingPrefs", JsonObject.of("browser", "ALL"));
    }

    private Json call(String method, String path, Json body) throws IOException {
        var publisher = body.isNull() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body.bytes());
        try {
            var answer = http.send(HttpRequest.newBuilder(URI.create(root + path)).method(method, publisher).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            var value = Json.parse(answer.body()).at("value");
            if (answer.statusCode() == 200) return value;
            throw new IOException(value.at("error").text("") + ": " + value.at("message").text("").lines().findFirst().orElse(""));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    private Json post(String path, Object... namesAndValues) throws IOException {
        return call("POST", "/" + session + path, JsonObject.of(namesAndValues));
    }

    public void open(String address) throws IOException {
        post("/url", "url", address);
    }

    /// What a script in the page returns; the page's policy does not bind the driver.
    public Json script(String script) throws IOException {
        return post("/execute/sync", "script", script, "args", List.of());
    }

    /// What a script hands to its last argument.
    public Json later(String script) throws IOException {
        return post("/execute/async", "script", script, "args", List.of());
    }

    /// Waits until an expression is true in the page, looked at with every frame.
    /// @throws AssertionError when it is not within ten seconds, with what the page shows
    public void await(String expression) throws IOException {
        var script = """
                const done = arguments[0], end = performance.now() + 10000;
                const look = () => { let value = false; try { value = (%s); } catch (failure) { value = false; }
                    if (value || performance.now() > end) done(!!value); else requestAnimationFrame(look); };
                look();""".formatted(expression);
        if (!later(script).bool(false)) throw new AssertionError("never true: " + expression + "\nthe page shows: " + text("body") + "\n"
                + complaints());
    }

    public void awaitText(String selector, String text) throws IOException {
        await("document.querySelector(%s)?.innerText.includes(%s)".formatted(quoted(selector), quoted(text)));
    }

    public String text(String selector) throws IOException {
        return script("return document.querySelector(%s)?.innerText ?? ''".formatted(quoted(selector))).text("");
    }

    public static String quoted(String text) {
        return new String(Json.of(text).bytes());
    }

    /// As a person clicks: it must be there, visible and not covered.
    public void click(String selector) throws IOException {
        post("/element/" + element(selector) + "/click");
    }

    public void type(String selector, String keys) throws IOException {
        post("/element/" + element(selector) + "/value", "text", keys);
    }

    public void enter(String selector) throws IOException {
        type(selector, ENTER);
    }

    private String element(String selector) throws IOException {
        return post("/element", "using", "css selector", "value", selector).at(ELEMENT).text("");
    }

    private void devtools(String command, JsonObject parameters) throws IOException {
        post("/goog/cdp/execute", "cmd", command, "params", parameters);
    }

    /// How large the screen is, and what the system prefers.
    public void screen(int width, int height, double scale, boolean dark) throws IOException {
        devtools("Emulation.setDeviceMetricsOverride", JsonObject.of("width", width, "height", height, "deviceScaleFactor", scale,
                "mobile", width < 500));
        var scheme = JsonObject.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
        devtools("Emulation.setEmulatedMedia", JsonObject.of("features", JsonArray.of(scheme)));
    }

    public byte[] screenshot() throws IOException {
        return Base64.getDecoder().decode(call("GET", "/" + session + "/screenshot", Json.NULL).text(""));
    }

    /// What the browser complained about since the last time it was asked: errors of scripts, refused by policy, not found.
    public String complaints() throws IOException {
        var text = new StringBuilder();
        for (var entry : post("/se/log", "type", "browser").array()) {
            text.append(entry.at("level").text("")).append(' ').append(entry.at("message").text("")).append('\n');
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        try {
            call("DELETE", "/" + session, Json.NULL);
        } finally {
            driver.destroy();
            driver.onExit().join();
        }
    }
}
