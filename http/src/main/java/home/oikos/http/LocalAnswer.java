package home.oikos.http;

import java.io.InputStream;
import java.util.List;
import java.util.Map;

/// What a handler answered to a [LocalRequest]. Header names ignore case.
public sealed interface LocalAnswer {
    int status();

    Map<String, List<String>> headers();

    /// An answer that is complete. The body may be shared: do not change it.
    record Whole(int status, Map<String, List<String>> headers, byte[] body) implements LocalAnswer { }

    /// An answer that is still being written. Close the stream to stop its writer.
    record Streamed(int status, Map<String, List<String>> headers, InputStream body) implements LocalAnswer { }

    /// A watch. Close the frames to end it.
    record Watched(int status, Map<String, List<String>> headers, LocalFrames frames) implements LocalAnswer { }

    /// An open socket, seen from the client.
    record Upgraded(int status, Map<String, List<String>> headers, WebSocket socket) implements LocalAnswer { }
}
