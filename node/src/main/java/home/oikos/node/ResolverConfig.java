package home.oikos.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How names are resolved: resolv.conf(5).
record ResolverConfig(List<String> servers, List<String> searches, List<String> options) {
    /// systemd-resolved's stub on 127.0.0.53 cannot be reached from a pod; what it asks itself stands here.
    private static final List<Path> FILES = List.of(Path.of("/run/systemd/resolve/resolv.conf"), Path.of("/etc/resolv.conf"));

    ResolverConfig {
        servers = List.copyOf(servers);
        searches = List.copyOf(searches);
        options = List.copyOf(options);
    }

    /// The machine's own, read anew each time: a network manager may have changed it.
    static ResolverConfig ofThisMachine() {
        for (var file : FILES) {
            try {
                var config = parse(Files.readAllLines(file));
                if (!config.servers().isEmpty()) return config;
            } catch (IOException absent) {
                // The next one.
            }
        }
        return new ResolverConfig(List.of(), List.of(), List.of());
    }

    static ResolverConfig parse(List<String> lines) {
        var servers = new ArrayList<String>();
        List<String> searches = List.of();
        var options = new ArrayList<String>();
        for (var line : lines) {
            var words = Arrays.asList(line.strip().split("\\s+"));
            var values = words.subList(1, words.size());
            switch (words.getFirst()) {
                case "nameserver" -> servers.addAll(values);
                case "search", "domain" -> searches = values.stream().filter(each -> !each.equals(".")).toList();
                case "options" -> options.addAll(values);
                default -> { }
            }
        }
        return new ResolverConfig(servers, searches, options);
    }
}
