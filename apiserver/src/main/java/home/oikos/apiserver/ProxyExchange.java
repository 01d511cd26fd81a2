package home.oikos.apiserver;

import home.oikos.http.Request;
import home.oikos.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/// One HTTP request handed on, with its answer.
final class ProxyExchange {
    /// What speaks of one connection only (RFC 9110, 7.6.1), and what says who asks: that is between the user and us.
    private static final Set<String> NOT_ON = Set.of("connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding",
            "upgrade", "http2-settings", "authorization", "cookie", "host", "content-length", "expect", "accept-encoding");
    private static final String PROXY = "/proxy";
    private static final int BUFFER_BYTES = 16 << 10;

    private final Request request;
    private final Response response;
    /// The path up to and with `/proxy`, as it was sent.
    private final String base;

    ProxyExchange(Request request, Response response, ApiCall call) {
        this.request = request;
        this.response = response;
        var parts = request.path().split("/");
        int length = 0;
        for (int i = 1; i < (call.namespace().isEmpty() ? 6 : 8); i++) length += 1 + parts[i].length();
        this.base = request.path().substring(0, length);
    }

    /// A page at `proxy` without a slash would look for its own parts one level too high.
    boolean isBare() {
        return request.path().equals(base) && base.endsWith(PROXY);
    }

    void redirect() {
        response.header("Location", base + "/" + query());
        response.send(301, "", new byte[0]);
    }

    private String query() {
        return request.query().isEmpty() ? "" : "?" + request.query();
    }

    void send(OutputStream out) throws IOException {
        var length = request.header("Content-Length");
        boolean chunked = length.isEmpty() && hasBody();
        var head = new StringBuilder("%s %s%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n".formatted(request.method(),
                request.path().substring(base.length()), query(), request.header("Host").orElse("localhost")));
        for (var name : request.headerNames()) {
            var lower = name.toLowerCase(Locale.ROOT);
            if (NOT_ON.contains(lower) || lower.startsWith("impersonate-") || lower.startsWith("x-remote-") || lower.startsWith(":")) continue;
            for (var value : request.headers(name)) head.append(name).append(": ").append(value).append("\r\n");
        }
        length.ifPresent(l -> head.append("Content-Length: ").append(l).append("\r\n"));
        if (chunked) head.append("Transfer-Encoding: chunked\r\n");
        out.write(head.append("X-Forwarded-Uri: ").append(base).append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (length.isPresent() || chunked) body(out, chunked);
        out.flush();
    }

    private boolean hasBody() {
        return switch (request.method()) {
            case "POST", "PUT", "PATCH" -> true;
            default -> request.header("Transfer-Encoding").isPresent();
        };
    }

    private void body(OutputStream out, boolean chunked) throws IOException {
        var buffer = new byte[BUFFER_BYTES];
        try (var in = request.bodyStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (count == 0) continue;
                if (chunked) out.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(buffer, 0, count);
                if (chunked) out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
        if (chunked) out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    void answer(OutboundHead head, InputStream in) throws IOException {
        for (var header : head.headers()) {
            var lower = header.getKey().toLowerCase(Locale.ROOT);
            if (!NOT_ON.contains(lower) && !lower.equals("content-type") && !lower.equals("location")) response.header(header.getKey(), header.getValue());
        }
        head.header("Location").ifPresent(to -> response.header("Location", to.startsWith("/") && !to.startsWith("//") ? base + to : to));
        var type = head.header("Content-Type").orElse("");
        if (request.method().equals("HEAD") || head.status() == 204 || head.status() == 304) {
            response.send(head.status(), type, new byte[0]);
            return;
        }
        var body = head.body(in, request.method());
        var buffer = new byte[BUFFER_BYTES];
        try (var out = response.stream(head.status(), type)) {
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                out.write(buffer, 0, count);
                out.flush();
            }
        }
    }
}
