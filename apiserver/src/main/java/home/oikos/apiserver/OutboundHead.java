package home.oikos.apiserver;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The first lines of an HTTP/1.1 answer.
record OutboundHead(int status, List<Map.Entry<String, String>> headers) {
    /// As large as common servers allow: 64 KiB.
    private static final int BYTES_MAX = 1 << 16;

    Optional<String> header(String name) {
        return headers.stream().filter(h -> h.getKey().equalsIgnoreCase(name)).map(Map.Entry::getValue).findFirst();
    }

    /// Reads up to the empty line, and not a byte more. What is provisional (1xx) is skipped, an upgrade (101) apart.
    static OutboundHead read(InputStream in) throws IOException {
        while (true) {
            var head = parse(lines(in));
            if (head.status >= 200 || head.status == 101) return head;
        }
    }

    private static List<String> lines(InputStream in) throws IOException {
        var lines = new ArrayList<String>();
        int read = 0;
        while (true) {
            var line = new StringBuilder();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) throw new EOFException("the connection was closed before an answer came");
                if (++read > BYTES_MAX) throw new IOException("the head of the answer is longer than " + BYTES_MAX + " bytes");
                line.append((char) b);
            }
            var text = line.toString().stripTrailing();
            if (text.isEmpty()) return lines;
            lines.add(text);
        }
    }

    private static OutboundHead parse(List<String> lines) throws IOException {
        var first = lines.isEmpty() ? "" : lines.getFirst();
        var parts = first.split(" ", 3);
        if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || !parts[1].matches("[1-5][0-9][0-9]")) {
            throw new IOException("malformed HTTP response \"" + new String(first.getBytes(StandardCharsets.UTF_8), 0,
                    Math.min(first.length(), 40), StandardCharsets.UTF_8) + '"');
        }
        var headers = new ArrayList<Map.Entry<String, String>>();
        for (var line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon > 0) headers.add(Map.entry(line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return new OutboundHead(Integer.parseInt(parts[1]), headers);
    }

    /// What follows the head: as long as it says, in chunks, or until the connection ends.
    InputStream body(InputStream in, String method) throws IOException {
        if (method.equals("HEAD") || status == 204 || status == 304) return InputStream.nullInputStream();
        if (header("Transfer-Encoding").orElse("").toLowerCase(java.util.Locale.ROOT).endsWith("chunked")) return new ChunkedBody(in);
        var length = header("Content-Length");
        return length.isEmpty() ? in : new BoundedBody(in, Long.parseLong(length.get()));
    }
}
