package home.oikos.dashboard;

import home.oikos.http.BodyTooLargeException;
import home.oikos.http.Request;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A browser's request as the API gets it: with the user's token instead of the cookie, and without the connection's certificate,
/// so that nothing but the token says who asks.
final class UserRequest implements Request {
    /// What only the browser and this filter have to know, or what would make it somebody else.
    private static final Set<String> HIDDEN = Set.of("authorization", "cookie", "origin", "referer");

    private final Request request;
    private final String bearer;

    UserRequest(Request request, String token) {
        this.request = request;
        this.bearer = "Bearer " + token;
    }

    private static boolean isHidden(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return HIDDEN.contains(lower) || lower.startsWith("impersonate-");
    }

    @Override
    public Optional<String> header(String name) {
        if (name.equalsIgnoreCase("Authorization")) return Optional.of(bearer);
        return isHidden(name) ? Optional.empty() : request.header(name);
    }

    @Override
    public List<String> headers(String name) {
        if (name.equalsIgnoreCase("Authorization")) return List.of(bearer);
        return isHidden(name) ? List.of() : request.headers(name);
    }

    @Override
    public Set<String> headerNames() {
        var names = request.headerNames().stream().filter(name -> !isHidden(name)).collect(Collectors.toSet());
        names.add("Authorization");
        return names;
    }

    @Override
    public Optional<X509Certificate> clientCertificate() {
        return Optional.empty();
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public String path() {
        return request.path();
    }

    @Override
    public String query() {
        return request.query();
    }

    @Override
    public Map<String, List<String>> parameters() {
        return request.parameters();
    }

    @Override
    public byte[] body(int bytesMax) throws IOException, BodyTooLargeException {
        return request.body(bytesMax);
    }

    @Override
    public InputStream bodyStream() throws IOException {
        return request.bodyStream();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return request.remoteAddress();
    }

    @Override
    public <T> T attribute(Class<T> type) {
        return request.attribute(type);
    }

    @Override
    public <T> void attribute(Class<T> type, T value) {
        request.attribute(type, value);
    }
}
