package home.oikos.dashboard;

import home.oikos.http.Request;
import java.util.Locale;
import java.util.Set;

/// Whether a request comes from a page of this home. Needed although the cookie is SameSite=Strict: another port of the same host is
/// the same site, and what a container serves there must not act as its visitor.
final class Origins {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private Origins() { }

    /// Reads may come without an origin, as browsers send them; whatever changes something, and every WebSocket, may not.
    static boolean mayPass(Request request) {
        var origin = request.header("Origin");
        if (origin.isPresent()) return isOwn(origin.get(), request);
        return !changes(request) && request.header("Sec-Fetch-Site").map(site -> site.equals("same-origin") || site.equals("none"))
                .orElse(true);
    }

    private static boolean changes(Request request) {
        return !READING.contains(request.method()) || request.header("Upgrade").isPresent();
    }

    private static boolean isOwn(String origin, Request request) {
        return request.header("Host").map(host -> ("https://" + host).toLowerCase(Locale.ROOT).equals(origin.toLowerCase(Locale.ROOT)))
                .orElse(false);
    }
}
