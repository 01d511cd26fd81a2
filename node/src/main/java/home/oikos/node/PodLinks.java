package home.oikos.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// The host's ends of pods' links, found by the kernel's routes. What is set on one goes away with its pod.
final class PodLinks {
    private static final Path ROUTES = Path.of("/proc/net/route");
    private static final Path SETTINGS = Path.of("/proc/sys/net/ipv4/conf");
    private static final String HOST_MASK = "FFFFFFFF";

    private PodLinks() { }

    /// Lets the machine's own programs reach these pods from 127.0.0.1. Set on the pods' links alone, never for the machine as a whole:
    /// then its neighbours would reach what listens on its loopback.
    static void openToLoopback(Set<String> podIps) {
        if (podIps.isEmpty()) return;
        try {
            for (var link : links(Files.readAllLines(ROUTES), podIps)) {
                var setting = SETTINGS.resolve(link).resolve("route_localnet");
                if (!Files.readString(setting).strip().equals("1")) Files.writeString(setting, "1");
            }
        } catch (IOException gone) {
            // The pod has just ended, and its link with it.
        }
    }

    /// @param lines of /proc/net/route: link, destination as the bytes lie in memory, ..., mask in the eighth column
    static List<String> links(List<String> lines, Set<String> podIps) {
        var wanted = podIps.stream().map(PodLinks::hex).toList();
        return lines.stream().map(line -> line.split("\\s+")).filter(columns -> columns.length > 7 && columns[7].equals(HOST_MASK))
                .filter(columns -> wanted.contains(columns[1])).map(columns -> columns[0]).distinct().toList();
    }

    private static String hex(String ip) {
        try {
            var bytes = InetAddress.getByName(ip).getAddress();
            return "%02X%02X%02X%02X".formatted(bytes[3], bytes[2], bytes[1], bytes[0]);
        } catch (UnknownHostException noAddress) {
            return "";
        }
    }
}
