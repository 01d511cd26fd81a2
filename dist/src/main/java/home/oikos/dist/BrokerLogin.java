package home.oikos.dist;

import home.oikos.cli.Refusal;
import home.oikos.driver.mqtt.MqttSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A broker that somebody else runs, as the words of `--broker`, `--broker-login` and `--broker-ca` name it.
///
/// @param login a file of two lines, user and password, so that neither stands in a list of processes; null for none
/// @param ca PEM of who signed the broker's certificate; null for a connection without TLS
record BrokerLogin(String broker, Path login, Path ca) {
    /// Names the persistent session.
    private static final String CLIENT = "oikos-gateway";

    /// @throws Refusal when they do not lead to a broker
    MqttSettings settings() throws IOException {
        int colon = broker.lastIndexOf(':');
        if (colon <= 0) throw Refusal.usage("--broker: expected HOST:PORT, found " + broker);
        var settings = MqttSettings.plain(broker.substring(0, colon), port(broker.substring(colon + 1)), CLIENT);
        if (ca != null) settings = settings.trusting(ca.toAbsolutePath());
        return login == null ? settings : loggedIn(settings);
    }

    private MqttSettings loggedIn(MqttSettings settings) throws IOException {
        var lines = Files.readAllLines(login);
        if (lines.size() < 2) throw new Refusal("%s: expected two lines, user and password, found %d".formatted(login, lines.size()));
        return settings.login(lines.get(0).strip(), lines.get(1).strip());
    }

    private int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException wrong) {
            throw Refusal.usage("--broker: expected HOST:PORT, found " + broker);
        }
    }
}
