package home.oikos.host;

import java.util.List;

/// Network links and addresses of this machine.
public final class Links {
    private Links() { }

    public static List<String> names() {
        return Command.of("ip", "-o", "link", "show").run().lines().stream()
                .map(line -> line.split(": ")[1].replaceFirst("@.*", "")).toList();
    }

    public static void delete(String name) {
        Command.of("ip", "link", "del", name).tryRun();
    }

    /// Every IPv4 address of this machine with its prefix length, loopback's 127.0.0.1 too.
    public static List<Ipv4Range> addresses() {
        return Command.of("ip", "-4", "-o", "addr", "show").run().lines().stream()
                .map(line -> Ipv4Range.parse(line.replaceFirst(".* inet ([0-9./]+).*", "$1"))).toList();
    }

    /// Every IPv4 range this machine has a route to, but the default.
    public static List<Ipv4Range> routes() {
        return Command.of("ip", "-4", "route", "show", "table", "all").run().lines().stream()
                .map(line -> line.replaceFirst("^(local|broadcast|unreachable|blackhole|prohibit|multicast) ", "").split(" ")[0])
                .filter(word -> Character.isDigit(word.charAt(0))).map(Ipv4Range::parse).toList();
    }

    /// Gives a link an address, unless it has it.
    public static void addAddress(String address, String link) {
        Command.of("ip", "addr", "replace", address, "dev", link).run();
    }
}
