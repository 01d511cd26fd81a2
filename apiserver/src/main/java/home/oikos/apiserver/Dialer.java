package home.oikos.apiserver;

import java.io.IOException;
import java.time.Duration;

/// Opens connections from the API server to services beside it: webhooks, aggregated APIs, what is proxied. Owned here, wired by dist.
@FunctionalInterface
public interface Dialer {
    /// Where to and how.
    /// @param tls null for a plain connection
    record Address(String host, int port, Tls tls) { }

    /// How the other side is known.
    /// @param serverName the name that its certificate must be for, whatever address it has
    /// @param authorities PEM certificates of whom to believe; empty for those that the platform believes
    /// @param trusted whether nothing is checked at all, as `insecureSkipTLSVerify` asks
    record Tls(String serverName, byte[] authorities, boolean trusted) { }

    /// @param timeout for connecting, and for each wait for bytes; zero waits for ever
    /// @throws IOException when nobody is there or it is not who it should be
    NodeStream dial(Address address, Duration timeout) throws IOException;

    /// Where nothing can be reached.
    static Dialer none() {
        return (address, _) -> {
            throw new IOException("dial tcp " + address.host() + ":" + address.port() + ": this server reaches nobody");
        };
    }
}
