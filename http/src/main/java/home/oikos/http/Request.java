package home.oikos.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One HTTP request. Used by the thread that handles it.
public interface Request {
    /// GET, POST ... as sent.
    String method();

    /// The path as sent, still percent-encoded, without the query.
    String path();

    /// The query as sent, without the question mark; empty when there is none.
    String query();

    /// The decoded query parameters, in order, a name may have several values.
    Map<String, List<String>> parameters();

    /// The first value of a query parameter.
    default Optional<String> parameter(String name) {
        var values = parameters().get(name);
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }

    /// The first value of a header; names ignore case. `Host` is there in HTTP/2 too, where it is no header on the wire.
    Optional<String> header(String name);

    /// All values of a header, in order.
    List<String> headers(String name);

    /// The names of the headers that were sent; in what case is not promised.
    Set<String> headerNames();

    /// The whole body. Reads it at the first call and keeps it.
    /// @throws BodyTooLargeException when it is longer than the limit; nothing more is read
    byte[] body(int bytesMax) throws IOException, BodyTooLargeException;

    /// The body as it arrives, for what is too large to keep.
    InputStream bodyStream() throws IOException;

    /// The certificate the client proved in the TLS handshake. The server checked the proof of possession only, not who signed it.
    Optional<X509Certificate> clientCertificate();

    InetSocketAddress remoteAddress();

    /// What an earlier filter found out about this request (who is asking), by its type; null when nothing was put.
    <T> T attribute(Class<T> type);

    <T> void attribute(Class<T> type, T value);
}
