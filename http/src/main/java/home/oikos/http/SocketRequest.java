package home.oikos.http;

import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;

/// A request from the network.
final class SocketRequest implements Request {
    private final HttpServerRequest request;
    private final SocketBody body;
    private final Map<Class<?>, Object> attributes = new HashMap<>();
    private Map<String, List<String>> parameters;
    private byte[] wholeBody;

    SocketRequest(HttpServerRequest request, SocketBody body) {
        this.request = request;
        this.body = body;
    }

    @Override
    public String method() {
        return request.method().name();
    }

    @Override
    public String path() {
        return Optional.ofNullable(request.path()).orElse("");
    }

    @Override
    public String query() {
        return Optional.ofNullable(request.query()).orElse("");
    }

    @Override
    public Map<String, List<String>> parameters() {
        if (parameters == null) parameters = Parameters.parse(query());
        return parameters;
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeader(name)).or(() -> host(name));
    }

    @Override
    public List<String> headers(String name) {
        var sent = request.headers().getAll(name);
        return sent.isEmpty() ? host(name).stream().toList() : sent;
    }

    /// HTTP/2 tells the host in the request line: `:authority` (RFC 9113 section 8.3.1).
    private Optional<String> host(String name) {
        return name.equalsIgnoreCase("Host") ? Optional.ofNullable(request.authority()).map(Object::toString) : Optional.empty();
    }

    @Override
    public Set<String> headerNames() {
        return request.headers().names();
    }

    @Override
    public byte[] body(int bytesMax) throws IOException, BodyTooLargeException {
        if (wholeBody == null) wholeBody = WholeBody.read(body.stream(), bytesMax);
        return wholeBody;
    }

    @Override
    public InputStream bodyStream() {
        return body.stream();
    }

    @Override
    public Optional<X509Certificate> clientCertificate() {
        var session = request.sslSession();
        if (session == null) return Optional.empty();       // it hung up meanwhile: who it was decides nothing any more
        try {
            return Optional.of((X509Certificate) session.getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();                        // it proved none, which is allowed
        }
    }

    @Override
    public InetSocketAddress remoteAddress() {
        var address = request.remoteAddress();
        return new InetSocketAddress(address.hostAddress(), address.port());
    }

    @Override
    public <T> T attribute(Class<T> type) {
        return type.cast(attributes.get(type));
    }

    @Override
    public <T> void attribute(Class<T> type, T value) {
        attributes.put(type, value);
    }
}
