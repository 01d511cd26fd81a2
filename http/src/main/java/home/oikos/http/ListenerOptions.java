package home.oikos.http;

import java.net.InetSocketAddress;
import java.util.List;

/// Where and how to listen.
///
/// @param addresses one or more; port 0 takes a free port
public record ListenerOptions(List<InetSocketAddress> addresses, ServerCertificate certificate, Limits limits) {
    public ListenerOptions {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) throw new IllegalArgumentException("a listener needs an address");
    }

    public ListenerOptions(InetSocketAddress address, ServerCertificate certificate) {
        this(List.of(address), certificate, Limits.DEFAULT);
    }
}
