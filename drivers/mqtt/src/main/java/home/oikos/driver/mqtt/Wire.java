package home.oikos.driver.mqtt;

import home.oikos.api.Json;
import home.oikos.api.JsonException;
import home.oikos.api.JsonString;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Payloads as they come from the wire.
final class Wire {
    /// What a device may say at once. The largest state seen (a Zigbee thermostat with its schedule) is 6 KB.
    static final int STATE_BYTES_MAX = 64 * 1024;

    /// What a device may say of itself. Home Assistant's forms reach some 20 KB.
    static final int DISCOVERY_BYTES_MAX = 256 * 1024;

    /// What a bridge may say of all its devices: about 10 KB each, for 800 devices.
    static final int BRIDGE_BYTES_MAX = 8 * 1024 * 1024;

    private Wire() { }

    /// @throws IllegalArgumentException when it is too long or no UTF-8
    static String text(byte[] payload, int bytesMax) {
        if (payload.length > bytesMax) throw new IllegalArgumentException("expected at most %d bytes, found %d".formatted(bytesMax, payload.length));
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
        } catch (CharacterCodingException broken) {
            throw new IllegalArgumentException("expected UTF-8 text");
        }
    }

    /// @throws IllegalArgumentException when it is too long or no JSON
    static Json json(byte[] payload, int bytesMax) {
        text(payload, bytesMax);
        try {
            return Json.parse(payload);
        } catch (JsonException broken) {
            throw new IllegalArgumentException("expected JSON: " + broken.getMessage());
        }
    }

    /// The JSON scalar that a word on the wire stands for: `true`, `3`, otherwise a string.
    static Json scalar(String word) {
        try {
            var parsed = Json.parse(word);
            return parsed.object().isEmpty() && parsed.array().isEmpty() && parsed.isPresent() ? parsed : new JsonString(word);
        } catch (JsonException plain) {
            return new JsonString(word);
        }
    }

    /// A scalar as a device writes it in text.
    static String word(Json scalar) {
        return scalar instanceof JsonString(var text) ? text : scalar.toString();
    }
}
