package home.oikos.client;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonException;
import home.oikos.api.JsonObject;
import java.nio.charset.StandardCharsets;

/// Makes the exception of a refusal, from a Status or from whatever else a server or proxy says.
final class Failure {
    private Failure() { }

    static ApiException of(int code, byte[] body) {
        return ApiException.of(status(code, body));
    }

    private static JsonObject status(int code, byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8).strip();
        try {
            if (Json.parse(text) instanceof JsonObject object && object.at("kind").text("").equals("Status")) return object;
        } catch (JsonException notJson) {
            // A plain text answer, as for a path that no API serves.
        }
        return JsonObject.of("kind", "Status", "apiVersion", "v1", "status", "Failure", "code", code, "message", text);
    }
}
