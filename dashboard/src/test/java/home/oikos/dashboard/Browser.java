package home.oikos.dashboard;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.http.Handler;
import home.oikos.http.LocalAnswer;
import home.oikos.http.LocalExchange;
import home.oikos.http.LocalRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a browser would send from the home's own page, cookie and origin included.
final class Browser {
    static final String HOST = "home.local:6443";

    /// A whole answer.
    record Answer(int status, Map<String, List<String>> headers, byte[] bytes) {
        Json json() {
            return Json.parse(bytes);
        }

        String header(String name) {
            return headers.getOrDefault(name, headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of(""))).getFirst();
        }
    }

    private final LocalExchange exchange;
    private String cookie = "";

    Browser(Handler handler) {
        exchange = new LocalExchange(handler);
    }

    /// A browser that was let in by a link.
    static Browser loggedIn(TestHome home, Role role) throws IOException {
        var browser = new Browser(home.handler);
        if (browser.login(home.link(role)).status() != 201) throw new AssertionError("a good link did not let in");
        return browser;
    }

    Answer login(String link) throws IOException {
        return login(link, "");
    }

    Answer login(String link, String code) throws IOException {
        var answer = post(SessionPages.LOGIN, JsonObject.of("link", link, "code", code));
        if (answer.status == 201) cookie = answer.header("Set-Cookie").replaceAll(";.*", "");
        return answer;
    }

    Answer post(String path, JsonObject body) throws IOException {
        return send(request("POST", path).withBody(body.bytes()));
    }

    String cookie() {
        return cookie;
    }

    LocalRequest request(String method, String target) {
        var request = LocalRequest.of(method, target).with("Host", HOST).with("User-Agent",
                "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0");
        if (!method.equals("GET")) request.with("Origin", "https://" + HOST);
        if (!cookie.isEmpty()) request.with("Cookie", "theme=dark; " + cookie);
        return request;
    }

    Answer get(String target) throws IOException {
        return send(request("GET", target));
    }

    Answer send(LocalRequest request) throws IOException {
        return switch (call(request)) {
            case LocalAnswer.Whole(var status, var headers, var body) -> new Answer(status, headers, body);
            case LocalAnswer.Streamed(var status, var headers, var body) -> new Answer(status, headers, body.readAllBytes());
            case LocalAnswer other -> throw new AssertionError("an answer without end: " + other);
        };
    }

    LocalAnswer call(LocalRequest request) throws IOException {
        return exchange.call(request);
    }
}
