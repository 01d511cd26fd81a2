package home.oikos.simulation;

import home.oikos.api.Json;
import java.nio.charset.StandardCharsets;

/// One MQTT message to publish.
record Message(String topic, byte[] payload, int qos, boolean retained) {
    static Message of(String topic, Json payload) {
        return new Message(topic, payload.bytes(), 1, false);
    }

    static Message retained(String topic, Json payload) {
        return new Message(topic, payload.bytes(), 1, true);
    }

    static Message retainedText(String topic, String text) {
        return new Message(topic, text.getBytes(StandardCharsets.UTF_8), 1, true);
    }
}
