package home.oikos.api;

import java.nio.charset.StandardCharsets;

/// Writes a tree as compact JSON. One writer makes one document; not for use by several threads.
final class JsonWriter {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out = new StringBuilder(512);

    JsonWriter value(Json value) {
        switch (value) {
            case JsonNull _ -> out.append("null");
            case JsonBoolean(var bool) -> out.append(bool);
            case JsonInteger(var number) -> out.append(number);
            case JsonDecimal(var number) -> decimal(number);
            case JsonString(var text) -> string(text);
            case JsonArray array -> array(array);
            case JsonObject object -> object(object);
        }
        return this;
    }

    private void object(JsonObject object) {
        out.append('{');
        var first = true;
        for (var member : object.members().entrySet()) {
            if (!first) out.append(',');
            first = false;
            string(member.getKey());
            out.append(':');
            value(member.getValue());
        }
        out.append('}');
    }

    private void array(JsonArray array) {
        out.append('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) out.append(',');
            value(array.at(i));
        }
        out.append(']');
    }

    /// A whole number loses its ".0", as in Go's encoder, which clients compare with.
    private void decimal(double number) {
        if (number == Math.rint(number) && Math.abs(number) < 1e15) out.append((long) number);
        else out.append(number);
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) character(text.charAt(i));
        out.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c >= 0x20 && c != '\u2028' && c != '\u2029') out.append(c);
                else out.append("\\u").append(HEX[c >> 12]).append(HEX[c >> 8 & 15]).append(HEX[c >> 4 & 15]).append(HEX[c & 15]);
            }
        }
    }

    byte[] toBytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
