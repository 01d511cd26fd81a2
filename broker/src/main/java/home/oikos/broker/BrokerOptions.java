package home.oikos.broker;

import java.nio.file.Path;
import java.util.List;

/// Where and how the broker runs.
///
/// @param dataDir what must outlive a power cut: accounts and persistent sessions
/// @param runDir what lives as long as the machine is up: configuration, own passwords
/// @param addresses where it listens; empty for every address of the machine
/// @param tlsPort the port of the TLS listener
/// @param plainPort the port of a listener without TLS, or 0 for none, as it should be
/// @param certificate PEM chain of the TLS listener
/// @param key PEM key of the TLS listener
public record BrokerOptions(Path dataDir, Path runDir, List<String> addresses, int tlsPort, int plainPort, Path certificate, Path key) {
    public BrokerOptions {
        addresses = List.copyOf(addresses);
    }
}
