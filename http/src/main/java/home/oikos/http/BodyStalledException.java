package home.oikos.http;

import java.io.IOException;
import java.time.Duration;

/// The client has stopped sending its body. Answered 408 by the server.
public final class BodyStalledException extends IOException {
    private static final long serialVersionUID = 1;

    BodyStalledException(Duration stallTimeout) {
        super("nothing of the request's body arrived for " + stallTimeout.toMillis() + " ms");
    }
}
