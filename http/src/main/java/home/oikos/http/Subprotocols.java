package home.oikos.http;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The choice of a WebSocket subprotocol (RFC 6455 section 4.2.2).
final class Subprotocols {
    static final String HEADER = "Sec-WebSocket-Protocol";

    private Subprotocols() { }

    /// The first of ours that the client offers; the empty protocol when it offers none; nothing when it offers only strangers.
    static Optional<String> choose(List<String> offeredHeaders, List<String> ours) {
        var offered = offeredHeaders.stream().flatMap(line -> Arrays.stream(line.split(","))).map(String::strip).toList();
        if (offered.isEmpty()) return Optional.of("");
        return ours.stream().filter(offered::contains).findFirst();
    }

    static String refusal(List<String> ours) {
        return "none of the offered subprotocols is spoken here; offer one of " + String.join(", ", ours);
    }
}
