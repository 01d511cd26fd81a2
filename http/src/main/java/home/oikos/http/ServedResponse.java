package home.oikos.http;

import java.io.IOException;

/// The server's side of a response.
interface ServedResponse extends Response {
    /// Ends a stream that the handler left open, in order or, when the handler failed, so that the client can tell.
    void handlerReturned(boolean failed) throws IOException;
}
