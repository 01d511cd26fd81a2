package home.oikos.http;

import java.time.Duration;

/// How much a listener takes on before it says no.
///
/// @param connectionsMax TLS connections in all; one costs about 80 KiB of heap, so 512 are 40 MiB of the 96 we run in
/// @param connectionsPerAddressMax the same from one remote address, so that one broken client leaves room for the others;
///        this machine's own (loopback) clients count only in all
/// @param requestsMax requests being handled at once, watches and web sockets not counted; each holds at most
///        32 KiB of body and 128 KiB of answer in buffers here, so 256 that all stall at their worst are 40 MiB until `stallTimeout` cuts them
/// @param watchesMax watches at once; an idle one over HTTP/2 costs about 20 KiB, so 2,048 are 40 MiB
/// @param headerBytesMax request line and headers together; a token, a long selector and some cookies fit in 16 KiB
/// @param streamsPerConnectionMax HTTP/2 requests at once on a connection, as in kube-apiserver
/// @param webSocketMessageBytesMax a whole message, its fragments joined
/// @param idleTimeout how long a connection without a request is kept; longer than client-go's 90 s, so that the client closes first
/// @param stallTimeout how long a peer may send nothing of a body, or take nothing of an answer, before it is cut
public record Limits(int connectionsMax, int connectionsPerAddressMax, int requestsMax, int watchesMax, int headerBytesMax,
        int streamsPerConnectionMax, int webSocketMessageBytesMax, Duration idleTimeout, Duration stallTimeout) {
    public static final Limits DEFAULT = new Limits(512, 128, 256, 2_048, 16 << 10, 250, 1 << 20,
            Duration.ofSeconds(120), Duration.ofSeconds(30));

    public Limits withConnections(int max, int perAddressMax) {
        return new Limits(max, perAddressMax, requestsMax, watchesMax, headerBytesMax, streamsPerConnectionMax,
                webSocketMessageBytesMax, idleTimeout, stallTimeout);
    }

    public Limits withRequests(int max) {
        return new Limits(connectionsMax, connectionsPerAddressMax, max, watchesMax, headerBytesMax, streamsPerConnectionMax,
                webSocketMessageBytesMax, idleTimeout, stallTimeout);
    }

    public Limits withWatches(int max) {
        return new Limits(connectionsMax, connectionsPerAddressMax, requestsMax, max, headerBytesMax, streamsPerConnectionMax,
                webSocketMessageBytesMax, idleTimeout, stallTimeout);
    }

    public Limits withTimeouts(Duration idle, Duration stall) {
        return new Limits(connectionsMax, connectionsPerAddressMax, requestsMax, watchesMax, headerBytesMax, streamsPerConnectionMax,
                webSocketMessageBytesMax, idle, stall);
    }
}
