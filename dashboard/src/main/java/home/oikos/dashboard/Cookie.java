package home.oikos.dashboard;

import home.oikos.http.Request;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// The session cookie. `__Host-` makes browsers refuse it without TLS, from another host or for a part of the paths (RFC 6265bis 4.1.3.2).
final class Cookie {
    static final String NAME = "__Host-oikos";

    private static final String SCOPE = "; Path=/; Secure; HttpOnly; SameSite=Strict";

    private Cookie() { }

    /// HTTP/2 clients may send each cookie in a header of its own.
    static Optional<String> of(Request request) {
        return request.headers("Cookie").stream().flatMap(line -> Arrays.stream(line.split(";"))).map(String::strip)
                .filter(pair -> pair.startsWith(NAME + "=")).map(pair -> pair.substring(NAME.length() + 1)).findFirst();
    }

    static String set(String value, Duration life) {
        return NAME + "=" + value + SCOPE + "; Max-Age=" + life.toSeconds();
    }

    static String cleared() {
        return NAME + "=" + SCOPE + "; Max-Age=0";
    }
}
