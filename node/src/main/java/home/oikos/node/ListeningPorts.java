package home.oikos.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The TCP ports on which something of this machine listens for others, not just for itself: what a LoadBalancer may not take away.
final class ListeningPorts {
    private static final String LISTEN = "0A";

    private ListeningPorts() { }

    static Set<Integer> now() {
        var ports = new TreeSet<Integer>();
        for (var file : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try {
                ports.addAll(parse(Files.readAllLines(Path.of(file))));
            } catch (IOException noSuchProtocol) {
                // A machine without IPv6.
            }
        }
        return ports;
    }

    static Set<Integer> parse(List<String> lines) {
        var ports = new TreeSet<Integer>();
        for (var line : lines) {
            var words = line.strip().split("\\s+");
            if (words.length < 4 || !words[3].equals(LISTEN)) continue;
            var local = words[1].split(":");
            boolean loopback = local[0].endsWith("7F") && local[0].length() == 8;
            if (!loopback) ports.add(Integer.parseInt(local[1], 16));
        }
        return ports;
    }
}
