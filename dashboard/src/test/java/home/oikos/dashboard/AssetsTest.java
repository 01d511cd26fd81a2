package home.oikos.dashboard;

import static org.junit.jupiter.api.Assertions.*;

import home.oikos.http.LocalRequest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssetsTest {
    /// EXPERIENCE: what a browser loads, compressed.
    private static final int COMPRESSED_BYTES_MAX = 150_000;
    private static final Pattern IMPORT = Pattern.compile("from ?['\"](\\./[^'\"]+|\\.\\./[^'\"]+)['\"]");

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

    private LocalRequest page() {
        return browser.request("GET", "/").with("Accept", "text/html,application/xhtml+xml");
    }

    @Test
    void aBrowserGetsThePageAndAProgramTheApi() throws Exception {
        var page = browser.send(page());
        assertEquals(200, page.status());
        assertTrue(page.header("content-type").startsWith("text/html") || new String(page.bytes(), StandardCharsets.UTF_8)
                .startsWith("<!doctype html>"));
        assertEquals(403, browser.send(LocalRequest.of("GET", "/").with("Accept", "application/json")).status(),
                "the API's own answer to a stranger");
    }

    @Test
    void nothingInlineAndNothingFromElsewhereRuns() throws Exception {
        var policy = browser.send(page()).header("Content-Security-Policy");
        assertTrue(policy.startsWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"), policy);
        assertTrue(policy.contains("frame-ancestors 'none'"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        var html = new String(browser.send(page()).bytes(), StandardCharsets.UTF_8);
        assertFalse(Pattern.compile("<script(?![^>]*\\ssrc=)|<style|\\son\\w+=|\\sstyle=|https?://").matcher(html).find(), html);
    }

    @Test
    void thePageIsAskedForAnewAndAnsweredBrieflyWhenItIsTheSame() throws Exception {
        var first = browser.send(page());
        assertEquals("no-cache", first.header("Cache-Control"));
        assertEquals(304, browser.send(page().with("If-None-Match", first.header("ETag"))).status());
    }

    @Test
    void everyFileIsServedForEverUnderAFolderNamedAfterTheContent() throws Exception {
        for (var file : Assets.load().files().entrySet()) {
            var answer = browser.get(file.getKey());
            assertEquals(200, answer.status(), file.getKey());
            assertTrue(answer.header("Cache-Control").contains("immutable"), file.getKey());
            assertEquals("nosniff", answer.header("X-Content-Type-Options"));
            assertArrayEquals(file.getValue().plain(), answer.bytes());
        }
        assertEquals(404, browser.get("/page/0123456789ab/app.js").status(), "another version's file is not this one's");
        assertEquals(404, browser.get("/page/../libraries.properties").status());
    }

    @Test
    void compressedIsTheSame() throws Exception {
        var page = browser.send(page().with("Accept-Encoding", "br, gzip"));
        assertEquals("gzip", page.header("Content-Encoding"));
        var inflated = new GZIPInputStream(new ByteArrayInputStream(page.bytes())).readAllBytes();
        assertArrayEquals(browser.send(page()).bytes(), inflated);
        assertEquals("", browser.send(page().with("Accept-Encoding", "gzip;q=0")).header("Content-Encoding"));
    }

    @Test
    void thePageIsSmall() {
        var assets = Assets.load();
        int bytes = assets.files().values().stream().mapToInt(asset -> asset.compressed().length).sum() + assets.page().compressed().length;
        System.out.println("the page: " + bytes + " bytes compressed in " + (assets.files().size() + 1) + " files");
        assertTrue(bytes < COMPRESSED_BYTES_MAX, bytes + " bytes");
    }

    @Test
    void everyImportIsServed() {
        var files = Assets.load().files();
        for (var file : files.entrySet()) {
            var imports = IMPORT.matcher(new String(file.getValue().plain(), StandardCharsets.UTF_8));
            while (imports.find()) {
                var target = Path.of(file.getKey()).resolveSibling(imports.group(1)).normalize().toString();
                assertTrue(files.containsKey(target), file.getKey() + " imports " + target);
            }
        }
    }

    @Test
    void everyFileOfOursIsServed() throws Exception {
        var names = new TreeSet<String>();
        try (var folder = Files.list(Path.of("src/main/resources/page"))) {
            folder.map(path -> path.getFileName().toString()).filter(name -> !List.of("index.html", "libraries.properties")
                    .contains(name)).forEach(names::add);
        }
        for (var name : names) assertTrue(Assets.load().files().keySet().stream().anyMatch(path -> path.endsWith("/" + name)), name);
    }

    @Test
    void aStrangerLearnsHowToCheckTheCertificateAndGetsTheAuthority() throws Exception {
        assertEquals(home.authority.fingerprint().text(), browser.get(SessionPages.SESSION).json().at("fingerprint").text(""));
        assertTrue(browser.get(SessionPages.SESSION).json().at("session").isNull());
        assertEquals(home.authority.certificatePem(), new String(browser.get("/ca.crt").bytes(), StandardCharsets.US_ASCII));
    }
}
