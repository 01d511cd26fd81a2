package home.oikos.driver.mqtt;

import java.nio.file.Path;
import java.util.Optional;

/// Where the broker is and who we are there.
///
/// @param clientId names the persistent session; the same after every restart, or what was kept for us is lost
/// @param user empty for none
/// @param ca the authority that signed the broker's certificate (PEM); empty for a connection without TLS
/// @param zigbeeBase the base topic of Zigbee2MQTT
/// @param discoveryPrefix where Home Assistant's discovery is spoken
public record MqttSettings(String host, int port, String clientId, String user, String password, Optional<Path> ca, String zigbeeBase,
        String discoveryPrefix) {
    public static MqttSettings plain(String host, int port, String clientId) {
        return new MqttSettings(host, port, clientId, "", "", Optional.empty(), "zigbee2mqtt", "homeassistant");
    }

    public MqttSettings login(String name, String secret) {
        return new MqttSettings(host, port, clientId, name, secret, ca, zigbeeBase, discoveryPrefix);
    }

    public MqttSettings trusting(Path authority) {
        return new MqttSettings(host, port, clientId, user, password, Optional.of(authority), zigbeeBase, discoveryPrefix);
    }

    @Override
    public String toString() {
        return (ca.isPresent() ? "mqtts://" : "mqtt://") + host + ":" + port;
    }
}
