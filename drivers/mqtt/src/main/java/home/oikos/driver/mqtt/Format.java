package home.oikos.driver.mqtt;

import home.oikos.driver.Refusals;

/// How payloads read where a property says nothing else, as the API spells it.
enum Format {
    /// An object with a member for each property.
    Json,
    /// The payload is the value.
    Text,
    /// As [#Json], with Zigbee2MQTT's topics and its `state` for what we call `on`.
    Zigbee2mqtt,
    /// What a scanner publishes of the beacon of a [Tilt].
    Tilt;

    static Format of(String word) {
        for (var format : values()) if (format.name().equals(word)) return format;
        throw new IllegalArgumentException("format is Json, Text, Zigbee2mqtt or Tilt; found " + Refusals.shortened(word));
    }
}
