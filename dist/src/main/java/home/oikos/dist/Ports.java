package home.oikos.dist;

import home.oikos.cli.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Ports of this machine.
final class Ports {
    private static final int TRIES_MAX = 100;

    private Ports() { }

    /// `0.0.0.0:6443`, `[::]:6443` or `127.0.0.1:0` taken apart.
    /// @param option as its user wrote it
    /// @throws Refusal when it is no address and port
    static InetSocketAddress parse(String option, String text) {
        int colon = text.lastIndexOf(':');
        var wrong = Refusal.usage(option + ": expected ADDRESS:PORT such as 0.0.0.0:6443, found " + text);
        if (colon <= 0) throw wrong;
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (port < 0 || port > 65_535) throw wrong;
            return new InetSocketAddress(InetAddress.getByName(text.substring(0, colon).replaceAll("[\\[\\]]", "")), port);
        } catch (NumberFormatException | IOException unknown) {
            throw wrong;
        }
    }

    static boolean isFree(InetSocketAddress address) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /// The first free port at or above the wanted one, on every address.
    static int free(int wanted) {
        for (int port = wanted; port < wanted + TRIES_MAX; port++) if (isFree(new InetSocketAddress(port))) return port;
        throw new Refusal("ports %d to %d are all taken".formatted(wanted, wanted + TRIES_MAX - 1));
    }
}
