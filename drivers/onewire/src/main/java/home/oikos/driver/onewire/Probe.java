package home.oikos.driver.onewire;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.driver.Refusals;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// One sensor: a Device's block `spec.connection.onewire`, read and checked.
///
/// @param address of its owserver, not resolved
/// @param id family and number, as owserver writes them: `28.67C6697351FF`
record Probe(InetSocketAddress address, String id, Duration period, List<Property> properties) {
    static final int PORT = 4304;
    private static final String HERE = "127.0.0.1";
    private static final int PERIOD_SECONDS = 10;
    private static final Pattern ID = Pattern.compile("([0-9A-F]{2})\\.?([0-9A-F]{12})");
    private static final Pattern PATH = Pattern.compile("\\w+([./]\\w+)*");
    private static final String TEMPERATURE = "temperature";

    /// @param path what owserver calls it, below the sensor
    record Property(String name, String path, String unit) {
        boolean isTemperature() {
            return path.substring(path.lastIndexOf('/') + 1).startsWith(TEMPERATURE);
        }
    }

    /// Where owserver has it. A temperature is measured anew each time: one that owserver kept would look steadier than it is.
    String path(Property property) {
        return (property.isTemperature() ? "/uncached/" : "/") + id + "/" + property.path();
    }

    Probe {
        properties = List.copyOf(properties);
    }

    /// @throws IllegalArgumentException when the block makes no sense, with the reason in words
    static Probe read(JsonObject block) {
        var id = ID.matcher(block.at("id").text("").toUpperCase(Locale.ROOT));
        if (!id.matches()) throw new IllegalArgumentException("expected an id such as 28.67C6697351FF, found \"" + shown(block.at("id")) + "\"");
        int seconds = block.at("pollSeconds").integer(PERIOD_SECONDS);
        if (seconds < 1) throw new IllegalArgumentException("pollSeconds is at least 1; found " + seconds);
        var properties = new ArrayList<Property>();
        for (var property : block.at("properties").array()) properties.add(property(property));
        if (properties.isEmpty()) properties.add(property(JsonObject.of("name", TEMPERATURE)));
        return new Probe(address(block.at("address").text(HERE)), id.group(1) + "." + id.group(2), Duration.ofSeconds(seconds), properties);
    }

    private static Property property(Json json) {
        var name = json.at("name").text("");
        var path = json.at("path").text(name);
        if (!PATH.matcher(path).matches()) throw new IllegalArgumentException("expected a path such as temperature, found \"" + shown(json.at("path")) + "\"");
        var plain = new Property(name, path, json.at("unit").text(""));
        return plain.unit().isEmpty() && plain.isTemperature() ? new Property(name, path, "°C") : plain;
    }

    /// `mini-pc`, `192.168.1.9:4304`, `[fd00::9]:4304`.
    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > text.lastIndexOf(']') && text.indexOf(':') == colon || text.startsWith("[") && colon > text.lastIndexOf(']');
        var host = (hasPort ? text.substring(0, colon) : text).replaceAll("[\\[\\]]", "");
        try {
            if (!host.isEmpty()) return InetSocketAddress.createUnresolved(host, hasPort ? Integer.parseInt(text.substring(colon + 1)) : PORT);
        } catch (IllegalArgumentException noPort) {
            // The same words as for no host.
        }
        throw new IllegalArgumentException("expected an address such as 192.168.1.9:4304, found \"" + Refusals.shortened(text) + "\"");
    }

    private static String shown(Json json) {
        return Refusals.shortened(json.text(json.toString()));
    }

    String server() {
        return address.getHostString() + ":" + address.getPort();
    }
}
