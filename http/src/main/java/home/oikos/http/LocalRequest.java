package home.oikos.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A request made in this process, for a [LocalExchange]. Filled by one thread, then handed over.
public final class LocalRequest implements Request {
    private final String method;
    private final String path;
    private final String query;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<Class<?>, Object> attributes = new HashMap<>();
    private InputStream body = InputStream.nullInputStream();
    private byte[] wholeBody;
    private X509Certificate certificate;
    private Map<String, List<String>> parameters;

    private LocalRequest(String method, String path, String query) {
        this.method = method;
        this.path = path;
        this.query = query;
    }

    /// @param target path and query, percent-encoded
    public static LocalRequest of(String method, String target) {
        var question = target.indexOf('?');
        return question < 0 ? new LocalRequest(method, target, "")
                : new LocalRequest(method, target.substring(0, question), target.substring(question + 1));
    }

    /// Adds a header.
    public LocalRequest with(String name, String value) {
        headers.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
        return this;
    }

    public LocalRequest withBody(byte[] bytes) {
        return withBody(new ByteArrayInputStream(bytes));
    }

    public LocalRequest withBody(InputStream stream) {
        body = stream;
        return this;
    }

    /// The certificate that the caller is taken to have proved.
    public LocalRequest withCertificate(X509Certificate proved) {
        certificate = proved;
        return this;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String query() {
        return query;
    }

    @Override
    public Map<String, List<String>> parameters() {
        if (parameters == null) parameters = Parameters.parse(query);
        return parameters;
    }

    @Override
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    @Override
    public List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }

    @Override
    public Set<String> headerNames() {
        return headers.keySet();
    }

    @Override
    public byte[] body(int bytesMax) throws IOException, BodyTooLargeException {
        if (wholeBody == null) wholeBody = WholeBody.read(body, bytesMax);
        return wholeBody;
    }

    @Override
    public InputStream bodyStream() {
        return body;
    }

    @Override
    public Optional<X509Certificate> clientCertificate() {
        return Optional.ofNullable(certificate);
    }

    /// The loopback address, no port: there is no socket.
    @Override
    public InetSocketAddress remoteAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
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
