package home.oikos.apiserver;

import home.oikos.http.BodyTooLargeException;
import home.oikos.http.Request;
import java.io.IOException;

/// The body of a write.
final class RequestBody {
    /// Upstream's limit: 3 MiB.
    static final int BYTES_MAX = 3 << 20;

    private RequestBody() { }

    static byte[] read(Request request) throws IOException, BodyTooLargeException {
        return request.body(BYTES_MAX);
    }
}
