package home.oikos.cel;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A URL: absolute, or a path from the root.
record WebAddress(URI uri) {
    static Optional<WebAddress> find(String text) {
        try {
            var uri = new URI(text);
            var absolute = uri.getScheme() != null && !text.endsWith(":") && !uri.isOpaque();
            return absolute || text.startsWith("/") ? Optional.of(new WebAddress(uri)) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    static WebAddress parse(String text) {
        return find(text).orElseThrow(() -> new CelException("URL parse error during conversion from string: parse \"" + text + "\": invalid URI for request"));
    }

    String scheme() {
        return orEmpty(uri.getScheme());
    }

    /// With its port, without its user.
    String host() {
        var authority = orEmpty(uri.getRawAuthority());
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    String hostname() {
        var host = host();
        if (host.startsWith("[")) return host.substring(1, host.indexOf(']'));
        int colon = host.indexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }

    String port() {
        return uri.getPort() < 0 ? "" : Integer.toString(uri.getPort());
    }

    String escapedPath() {
        return orEmpty(uri.getRawPath());
    }

    Map<String, List<String>> query() {
        var query = new LinkedHashMap<String, List<String>>();
        for (var part : orEmpty(uri.getRawQuery()).split("&")) {
            if (part.isEmpty()) continue;
            int equals = part.indexOf('=');
            var name = equals < 0 ? part : part.substring(0, equals);
            query.computeIfAbsent(decoded(name), _ -> new ArrayList<>()).add(equals < 0 ? "" : decoded(part.substring(equals + 1)));
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
