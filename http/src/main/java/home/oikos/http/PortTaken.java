package home.oikos.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds out from /proc who listens on a port, so that the message helps.
public final class PortTaken {
    private static final Path PROC = Path.of("/proc");
    /// The state LISTEN in /proc/net/tcp.
    private static final String LISTEN = "0A";

    private PortTaken() { }

    public static String message(InetSocketAddress address) {
        return "port " + address.getPort() + " is taken" + inode(address.getPort()).flatMap(PortTaken::owner).map(o -> " by " + o).orElse("");
    }

    private static Optional<String> inode(int port) {
        var suffix = String.format(Locale.ROOT, ":%04X", port);
        return Stream.of("net/tcp", "net/tcp6").flatMap(PortTaken::lines).map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > 9 && columns[1].endsWith(suffix) && columns[3].equals(LISTEN))
                .map(columns -> columns[9]).findFirst();
    }

    private static Stream<String> lines(String table) {
        try {
            return Files.readAllLines(PROC.resolve(table)).stream().skip(1);
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static Optional<String> owner(String inode) {
        try (var processes = Files.list(PROC)) {
            return processes.filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> holds(process, "socket:[" + inode + "]")).map(PortTaken::describe).findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Other users' processes keep their files to themselves unless we are root.
    private static boolean holds(Path process, String socket) {
        try (var files = Files.list(process.resolve("fd"))) {
            return files.anyMatch(file -> {
                try {
                    return Files.readSymbolicLink(file).toString().equals(socket);
                } catch (IOException e) {
                    return false;
                }
            });
        } catch (IOException e) {
            return false;
        }
    }

    private static String describe(Path process) {
        try {
            return Files.readString(process.resolve("comm")).strip() + " (pid " + process.getFileName() + ")";
        } catch (IOException e) {
            return "pid " + process.getFileName();
        }
    }
}
