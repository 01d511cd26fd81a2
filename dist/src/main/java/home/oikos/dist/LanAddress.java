package home.oikos.dist;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/// Under which addresses this machine is known in the house.
final class LanAddress {
    private LanAddress() { }

    /// The address to print for people: what the API listens on, or the first of the LAN's when it listens everywhere.
    static String of(String host) {
        if (!host.equals("0.0.0.0") && !host.equals("::") && !host.equals("0:0:0:0:0:0:0:0")) return host.contains(":") ? "[" + host + "]" : host;
        return all().stream().filter(address -> !address.isLoopbackAddress() && address.getAddress().length == 4).map(InetAddress::getHostAddress).findFirst()
                .orElse("127.0.0.1");
    }

    /// What the machine calls itself; the node's name.
    static String hostName() throws IOException {
        var file = Path.of("/proc/sys/kernel/hostname");
        return Files.exists(file) ? Files.readString(file).strip().toLowerCase(Locale.ROOT) : "localhost";
    }

    /// Every address of every interface that is up and not one of a pod's links.
    private static List<InetAddress> all() {
        var addresses = new ArrayList<InetAddress>();
        try {
            for (var link : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (link.isUp() && !isPodLink(link.getName())) addresses.addAll(Collections.list(link.getInetAddresses()));
            }
        } catch (SocketException none) {
            addresses.add(InetAddress.getLoopbackAddress());
        }
        return addresses;
    }

    private static boolean isPodLink(String name) {
        return name.startsWith("veth") || name.startsWith("ok");
    }
}
