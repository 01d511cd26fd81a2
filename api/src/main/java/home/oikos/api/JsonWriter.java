package home.oikos.api;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes a tree as compact JSON, straight into UTF-8 bytes. One writer makes one document; not for use by several threads.
final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] REPLACEMENT = {(byte) 0xef, (byte) 0xbf, (byte) 0xbd};
    /// The most bytes that one character becomes: `\` + `u2028`.
    private static final int CHARACTER_BYTES_MAX = 6;

    private byte[] out = new byte[512];
    private int size;

    JsonWriter value(Json value) {
        switch (value) {
            case JsonNull _ -> ascii("null");
            case JsonBoolean(var bool) -> ascii(bool ? "true" : "false");
            case JsonInteger(var number) -> ascii(Long.toString(number));
            case JsonDecimal(var number) -> ascii(decimal(number));
            case JsonString(var text) -> string(text);
            case JsonArray array -> array(array);
            case JsonObject object -> object(object);
        }
        return this;
    }

    private void object(JsonObject object) {
        put('{');
        var first = true;
        for (var member : object.members().entrySet()) {
            if (!first) put(',');
            first = false;
            string(member.getKey());
            put(':');
            value(member.getValue());
        }
        put('}');
    }

    private void array(JsonArray array) {
        put('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) put(',');
            value(array.at(i));
        }
        put(']');
    }

    /// As in Go's encoder, which clients compare with: a whole number loses its ".0", and only very large and very small
    /// numbers have an exponent.
    static String decimal(double number) {
        if (number == Math.rint(number) && Math.abs(number) < 1e15) return Long.toString((long) number);
        double size = Math.abs(number);
        if (size >= 1e-6 && size < 1e21) return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
        var text = Double.toString(number).replace(".0E", "E").replace("E", "e");
        return size >= 1 ? text.replace("e", "e+") : text;
    }

    private void string(String text) {
        reserve(text.length() + 2);
        out[size++] = '"';
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
                if (size == out.length) reserve(length - i);
                out[size++] = (byte) c;
            } else {
                reserve(CHARACTER_BYTES_MAX);
                i += other(text, i);
            }
        }
        put('"');
    }

    /// Writes what needs more than a copy; says by how many characters more than one.
    private int other(String text, int at) {
        char c = text.charAt(at);
        switch (c) {
            case '"' -> escape('"');
            case '\\' -> escape('\\');
            case '\n' -> escape('n');
            case '\r' -> escape('r');
            case '\t' -> escape('t');
            default -> {
                if (c < 0x20 || c == '\u2028' || c == '\u2029') unicode(c);
                else if (Character.isSurrogate(c)) return surrogate(text, at);
                else multiByte(c);
            }
        }
        return 0;
    }

    private void escape(char letter) {
        out[size++] = '\\';
        out[size++] = (byte) letter;
    }

    private void unicode(char c) {
        escape('u');
        for (int shift = 12; shift >= 0; shift -= 4) out[size++] = HEX[c >> shift & 15];
    }

    private void multiByte(char c) {
        if (c < 0x800) {
            out[size++] = (byte) (0xc0 | c >> 6);
        } else {
            out[size++] = (byte) (0xe0 | c >> 12);
            out[size++] = (byte) (0x80 | c >> 6 & 0x3f);
        }
        out[size++] = (byte) (0x80 | c & 0x3f);
    }

    /// Half a pair is no character.
    private int surrogate(String text, int at) {
        int point = text.codePointAt(at);
        if (point < 0x10000) {
            for (var b : REPLACEMENT) out[size++] = b;
            return 0;
        }
        out[size++] = (byte) (0xf0 | point >> 18);
        for (int shift = 12; shift >= 0; shift -= 6) out[size++] = (byte) (0x80 | point >> shift & 0x3f);
        return 1;
    }

    private void ascii(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) out[size++] = (byte) text.charAt(i);
    }

    private void put(char c) {
        reserve(1);
        out[size++] = (byte) c;
    }

    private void reserve(int bytes) {
        if (out.length - size < bytes) out = Arrays.copyOf(out, Math.max(out.length * 2, size + bytes));
    }

    byte[] toBytes() {
        return Arrays.copyOf(out, size);
    }

    @Override
    public String toString() {
        return new String(out, 0, size, StandardCharsets.UTF_8);
    }
}
