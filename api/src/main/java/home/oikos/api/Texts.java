package home.oikos.api;

/// Scalars that JSON carries as text, read and brought to their canonical form as Kubernetes does.
final class Texts {
    private Texts() { }

    static Json time(Json value) {
        var text = string(value);
        var instant = Timestamps.parse(text);
        if (instant.isPresent()) return new JsonString(Timestamps.time(instant.get()));
        throw new DecodeException("parsing time \"" + text + "\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"" + text
                + "\" as \"2006\"");
    }

    /// Exactly six digits of fraction, which Kubernetes insists on.
    static Json microTime(Json value) {
        var text = string(value);
        int dot = text.indexOf('.');
        var instant = Timestamps.parse(text);
        if (instant.isPresent() && text.matches("[^.]*\\.\\d{6}\\D.*")) return new JsonString(Timestamps.microTime(instant.get()));
        var layout = "\"2006-01-02T15:04:05.000000Z07:00\"";
        int seconds = "2006-01-02T15:04:05".length();
        if (instant.isEmpty()) throw new DecodeException("parsing time \"" + text + "\" as " + layout + ": cannot parse \"" + text
                + "\" as \"2006\"");
        throw new DecodeException("parsing time \"" + text + "\" as " + layout + ": cannot parse \"" + text.substring(dot < 0
                ? seconds : dot)
                + "\" as \".000000\"");
    }

    static Json duration(Json value) {
        var text = string(value);
        return new JsonString(GoDuration.format(GoDuration.parse(text)
                .orElseThrow(() -> new DecodeException("time: invalid duration \"" + text + "\""))));
    }

    static Json quantity(Json value) {
        return new JsonString(Quantity.of(value).orElseThrow(() -> new DecodeException(Quantity.SYNTAX)).toString());
    }

    static Json intOrString(Json value) {
        if (value instanceof JsonString) return value;
        if (value instanceof JsonInteger && value.integer(0L) == value.integer(0)) return value;
        var found = value instanceof JsonDecimal || value instanceof JsonInteger ? "number " + value : ObjectDecoder.found(value);
        throw new DecodeException("json: cannot unmarshal " + found + " into Go value of type int32");
    }

    private static String string(Json value) {
        if (value instanceof JsonString(var text)) return text;
        throw new DecodeException("json: cannot unmarshal " + ObjectDecoder.found(value) + " into Go value of type string");
    }

    /// Where base64 text stops being such, or -1. New lines are allowed, as in Go.
    static int firstIllegalBase64(String text) {
        int digits = 0;
        int padding = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') continue;
            if (c == '=' && (digits + padding) % 4 >= 2) padding++;
            else if (padding == 0 && isBase64(c)) digits++;
            else return i;
        }
        return (digits + padding) % 4 == 0 ? -1 : Math.max(0, text.length() - (digits + padding) % 4);
    }

    private static boolean isBase64(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/';
    }
}
