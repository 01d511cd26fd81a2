package home.oikos.dashboard;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// The texts in a Secret's `data`.
record SecretContent(Json secret) {
    /// Empty when it is absent or no base64.
    String text(String name) {
        try {
            return new String(Base64.getDecoder().decode(secret.at("data", name).text("")), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    /// The beginning of time when it is absent or unreadable: long over for whatever ends then.
    Instant time(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeParseException unreadable) {
            return Instant.EPOCH;
        }
    }

    /// 0 when it is absent or no number.
    int number(String name) {
        try {
            return Integer.parseInt(text(name));
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    static JsonObject data(Map<String, String> texts) {
        var data = new LinkedHashMap<String, Json>();
        texts.forEach((name, text) -> data.put(name, Json.of(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))));
        return JsonObject.copyOf(data);
    }
}
