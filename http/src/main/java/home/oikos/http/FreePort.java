package home.oikos.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Finds a port that nobody has. Several listeners share it, so each must be told the number; another program that takes it in
/// between makes the start fail, which is rare, for the system hands out its free ports in a random order.
final class FreePort {
    private FreePort() { }

    static InetSocketAddress at(InetAddress address) throws IOException {
        try (var probe = new ServerSocket(0, 1, address)) {
            return new InetSocketAddress(address, probe.getLocalPort());
        }
    }
}
