package home.oikos.dist;

import home.oikos.driver.mqtt.MqttSettings;
import java.util.List;
import java.util.Optional;

/// Which broker carries the devices' words.
///
/// @param other somebody else's; empty for a Mosquitto of our own
/// @param accountNamespaces where the Secrets of our own broker's accounts are; the empty name means everywhere
record MqttChoice(Optional<MqttSettings> other, List<String> accountNamespaces) {
    static final MqttChoice OWN = new MqttChoice(Optional.empty(), List.of(""));

    MqttChoice {
        accountNamespaces = List.copyOf(accountNamespaces);
    }
}
