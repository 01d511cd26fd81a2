package home.oikos.dist;

import home.oikos.api.Json;
import home.oikos.api.JsonException;
import home.oikos.api.JsonObject;
import home.oikos.driver.http.HttpSettings;
import home.oikos.pki.SecretFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where sensors post to and some devices fetch their firmware from without TLS: given with `up --sensors`, or chosen free when a Device first needs it.
/// Kept in DIR/sensors.json, for the sensors have it in their settings.
///
/// @param host where to listen when nobody said
record SensorPlace(Path data, String host) implements HttpSettings.Place {
    private static final int PORT = 8088;

    private static Path file(Path data) {
        return data.resolve("sensors.json");
    }

    /// The owner's choice, for every later start.
    static void give(Path data, InetSocketAddress place) throws IOException {
        int port = place.getPort() == 0 ? Ports.free(PORT) : place.getPort();
        SecretFile.write(file(data), JsonObject.of("host", place.getAddress().getHostAddress(), "port", port).bytes());
    }

    @Override
    public InetSocketAddress choose() throws IOException {
        var file = file(data);
        if (!Files.exists(file)) give(data, new InetSocketAddress(host, 0));
        try {
            var kept = Json.parse(Files.readAllBytes(file));
            return new InetSocketAddress(kept.at("host").text(host), kept.at("port").integer(PORT));
        } catch (JsonException broken) {
            throw new IOException(file + " cannot be read (" + broken.getMessage() + ")", broken);
        }
    }

    @Override
    public String reached(InetSocketAddress chosen) {
        return LanAddress.of(chosen.getHostString()) + ":" + chosen.getPort();
    }

    /// What people have to know about it.
    String words(InetSocketAddress place, HttpSettings.Use use) {
        return switch (use) {
            case SENSORS -> ("sensors may post to http://%s%s, because a Device has connection.http. It is not encrypted: everybody in this network can read "
                    + "along, and speak for a sensor that has no token").formatted(reached(place), HttpSettings.PATH);
            case IMAGES -> ("firmware may be fetched at http://%s until the updates that need it are over: each image by one device, once, at a place that "
                    + "nobody can guess. It is not encrypted: everybody in this network can read along").formatted(reached(place));
        };
    }
}
