package home.oikos.dice;

import home.oikos.api.Json;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Where raw samples come from: exactly one block of `spec.source`.
public sealed interface Origin {
    /// Any program that sends bytes to whoever connects.
    record Tcp(String host, int port) implements Origin { }

    /// The same in a pod, by its Service.
    record Service(String name, int port) implements Origin { }

    /// A serial or USB device.
    record Device(Path path, int baud) implements Origin { }

    /// The Infinite Noise TRNG, by Debian's program.
    record Infnoise() implements Origin { }

    /// @throws IllegalArgumentException when it is none of these
    static Origin read(Json source) {
        var kind = source.object().names().stream().findFirst().orElse("");
        var block = source.at(kind);
        return switch (kind) {
            case "tcp" -> new Tcp(block.at("host").text(""), port(block));
            case "service" -> new Service(block.at("name").text(""), port(block));
            case "device" -> new Device(device(block.at("path").text("")), block.at("baud").integer(115_200));
            case "infnoise" -> new Infnoise();
            default -> throw new IllegalArgumentException("source: expected tcp, service, device or infnoise, found \"" + kind + "\"");
        };
    }

    private static int port(Json block) {
        int port = block.at("port").integer(0);
        if (port < 1 || port > 65_535) throw new IllegalArgumentException("port: expected 1 to 65535, found " + port);
        return port;
    }

    /// Whoever may write EntropySources must not read disks, memory or keyboards by them. What else is to be one is named so by a udev rule.
    private static Path device(String path) {
        var allowed = Pattern.compile("/dev/(tty(USB|ACM|AMA|S)\\d+|serial/by-(id|path)/[^/]+|hwrng|oikos-dice[a-z0-9-]*)");
        if (allowed.matcher(path).matches()) return Path.of(path);
        throw new IllegalArgumentException(("path: expected a serial line such as /dev/ttyACM0 or below /dev/serial/by-id, /dev/hwrng, or /dev/oikos-dice "
                + "made by a udev rule, found %s").formatted(path));
    }
}
