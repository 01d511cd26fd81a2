package home.oikos.driver.mqtt;

import home.oikos.api.Json;
import home.oikos.api.JsonString;
import java.util.List;

/// One message's payload, read as text or JSON when somebody asks. Used by the event loop.
final class Payload {
    private final byte[] bytes;
    private Json json;

    Payload(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The value at the end of a path, or the whole payload as text when the path is empty.
    /// @throws IllegalArgumentException when the payload is too long, no text or no JSON
    Json at(List<String> path) {
        if (path.isEmpty()) return new JsonString(text());
        var found = root();
        for (var name : path) found = found.at(name);
        return found;
    }

    Json root() {
        if (json == null) json = Wire.json(bytes, Wire.STATE_BYTES_MAX);
        return json;
    }

    String text() {
        return Wire.text(bytes, Wire.STATE_BYTES_MAX);
    }
}
