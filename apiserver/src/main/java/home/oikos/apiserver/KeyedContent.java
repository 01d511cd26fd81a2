package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.JsonObject;
import java.util.List;
import java.util.regex.Pattern;

/// What ConfigMaps and Secrets have in common: keys that become file names, a limit for all of it, and `immutable`.
final class KeyedContent {
    /// 1 MiB in all, before base64.
    static final int BYTES_MAX = 1 << 20;
    private static final int KEY_LENGTH_MAX = 253;
    private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]+");

    private KeyedContent() { }

    static void checkKeys(JsonObject content, String field, List<FieldError> errors) {
        for (var key : content.names()) {
            var wrong = keyError(key);
            if (wrong != null) errors.add(FieldError.invalid(field + "[" + key + "]", key, wrong));
        }
    }

    private static String keyError(String key) {
        if (key.length() > KEY_LENGTH_MAX) return "must be no more than " + KEY_LENGTH_MAX + " characters";
        if (!KEY.matcher(key).matches()) {
            return "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or "
                    + "'key-name',"
                    + " regex used for validation is '[-._a-zA-Z0-9]+')";
        }
        if (key.equals(".")) return "must not be '.'";
        if (key.equals("..")) return "must not be '..'";
        return key.startsWith("..") ? "must not start with '..'" : null;
    }

    /// Sizes of base64 text without decoding it.
    static long decodedBytes(JsonObject content) {
        long bytes = 0;
        for (var value : content.members().values()) {
            var text = value.text("");
            int padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
            bytes += text.length() / 4 * 3L - padding;
        }
        return bytes;
    }

    static long textBytes(JsonObject content) {
        long bytes = 0;
        for (var value : content.members().values()) bytes += ObjectBytes.utf8(value.text("")).length;
        return bytes;
    }

    static void checkImmutable(JsonObject object, JsonObject old, List<String> fields, List<FieldError> errors) {
        if (!old.at("immutable").bool(false)) return;
        if (!object.at("immutable").bool(false)) errors.add(FieldError.forbidden("immutable",
                "field is immutable when `immutable` is set"));
        for (var field : fields) {
            if (!object.at(field).equals(old.at(field))) errors.add(FieldError.forbidden(field,
                    "field is immutable when `immutable` is set"));
        }
    }
}
