package home.oikos.dist;

import home.oikos.api.Json;
import home.oikos.api.JsonException;
import home.oikos.api.JsonObject;
import home.oikos.pki.SecretFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What the owner chose when the home was brought up, kept in DIR/home.json for every later start.
///
/// @param host the address the API listens on
/// @param port the API's port
/// @param containers whether this machine is a node
/// @param demo whether the simulated house runs beside the home
/// @param key where the root key lies when it is not DIR/keys/root
/// @param brokerPort the broker's TLS port
/// @param dicePort where the dice of the simulated house speaks, on this machine alone
/// @param home whether home controllers, gateway, broker and page live here; false where `oikos home` brings them from outside
public record Settings(String host, int port, boolean containers, boolean demo, Optional<Path> key, int brokerPort, int dicePort,
        boolean home) {
    static final String HOST = "0.0.0.0";
    static final int PORT = 6443;
    static final int BROKER_PORT = 8883;
    static final int DICE_PORT = 7_624;
    static final Settings DEFAULT = new Settings(HOST, PORT, true, false, Optional.empty(), BROKER_PORT, DICE_PORT, true);

    static Path file(Path data) {
        return data.resolve("home.json");
    }

    /// @throws IOException when the file is not what [#write] wrote
    static Settings read(Path data) throws IOException {
        var file = file(data);
        if (!Files.exists(file)) return DEFAULT;
        try {
            return of(Json.parse(Files.readAllBytes(file)));
        } catch (JsonException broken) {
            throw new IOException(file + " cannot be read (" + broken.getMessage() + "); delete it and run ./oikos up with the options you want", broken);
        }
    }

    private static Settings of(Json tree) {
        return new Settings(tree.at("host").text(HOST), tree.at("port").integer(PORT), tree.at("containers").bool(true), tree.at("demo").bool(false),
                tree.at("key").text().map(Path::of), tree.at("brokerPort").integer(BROKER_PORT),
                tree.at("dicePort").integer(DICE_PORT), tree.at("home").bool(true));
    }

    void write(Path data) throws IOException {
        var tree = JsonObject.of("host", host, "port", port, "containers", containers, "demo", demo, "key", key.map(Path::toString).orElse(null),
                "brokerPort", brokerPort, "dicePort", dicePort, "home", home);
        SecretFile.write(file(data), tree.bytes());
    }

    /// Where this machine's own clients reach the API.
    String ownUrl() throws UnknownHostException {
        var listens = InetAddress.getByName(host);
        var reached = listens.isAnyLocalAddress() ? "127.0.0.1" : listens.getHostAddress();
        return "https://%s:%d".formatted(reached.contains(":") ? "[" + reached + "]" : reached, port);
    }

    Settings withApi(String newHost, int newPort) {
        return new Settings(newHost, newPort, containers, demo, key, brokerPort, dicePort, home);
    }

    Settings withContainers(boolean wanted) {
        return new Settings(host, port, wanted, demo, key, brokerPort, dicePort, home);
    }

    Settings withDemo(boolean wanted) {
        return new Settings(host, port, containers, wanted, key, brokerPort, dicePort, home);
    }

    Settings withKey(Path file) {
        return new Settings(host, port, containers, demo, Optional.of(file), brokerPort, dicePort, home);
    }

    Settings withBrokerPort(int newPort) {
        return new Settings(host, port, containers, demo, key, newPort, dicePort, home);
    }

    Settings withDicePort(int newPort) {
        return new Settings(host, port, containers, demo, key, brokerPort, newPort, home);
    }

    Settings withHome(boolean wanted) {
        return new Settings(host, port, containers, demo, key, brokerPort, dicePort, wanted);
    }
}
