package home.oikos.dice;

import home.oikos.api.Json;
import java.net.URI;
import java.nio.file.Path;

/// Where raw samples come from: exactly one block of `spec.source`.
public sealed interface Origin {
    /// Any program that sends bytes to whoever connects.
    record Tcp(String host, int port) implements Origin { }

    /// The same in a pod, by its Service.
    record Service(String name, int port) implements Origin { }

    /// The body of an answer, asked for again when it ends.
    record Http(URI url) implements Origin { }

    /// A serial or USB device, or a named pipe that a program fills.
    record Device(Path path, int baud) implements Origin { }

    /// The Infinite Noise TRNG, by Debian's program.
    record Infnoise() implements Origin { }

    /// @throws IllegalArgumentException when it is none of these
    static Origin read(Json source) {
        var kind = source.object().names().stream().findFirst().orElse("");
        var block = source.at(kind);
        return switch (kind) {
            case "tcp" -> new Tcp(block.at("host").text(""), block.at("port").integer(0));
            case "service" -> new Service(block.at("name").text(""), block.at("port").integer(0));
            case "http" -> new Http(http(block.at("url").text("")));
            case "device" -> new Device(device(block.at("path").text("")), block.at("baud").integer(115_200));
            case "infnoise" -> new Infnoise();
            default -> throw new IllegalArgumentException("source is tcp, service, http, device or infnoise; found \"" + kind + "\"");
        };
    }

    private static URI http(String url) {
        var uri = URI.create(url);
        if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) throw new IllegalArgumentException("expected an http address, found " + url);
        return uri;
    }

    /// Whoever may write EntropySources must not read the machine's files by them.
    private static Path device(String path) {
        var normal = Path.of(path).normalize();
        if (!normal.startsWith("/dev") && !normal.startsWith("/run/oikos-dice")) {
            throw new IllegalArgumentException("a device lies below /dev, a pipe below /run/oikos-dice; found " + path);
        }
        return normal;
    }
}
