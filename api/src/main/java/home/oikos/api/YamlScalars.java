package home.oikos.api;

import java.util.Set;
import java.util.regex.Pattern;

/// What an unquoted YAML word means. As in Kubernetes' YAML, which is 1.1 here: `yes` and `on` are booleans, `0777` is octal,
/// `1_000` a number. Dates stay text.
final class YamlScalars {
    private static final Set<String> TRUE = Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE = Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Pattern INTEGER = Pattern.compile("([-+]?)(0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(?:[0-9][0-9_]*\\.?[0-9_]*|\\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?");

    private YamlScalars() { }

    static Json plain(String text) {
        if (NULL.contains(text)) return Json.NULL;
        if (TRUE.contains(text)) return JsonBoolean.TRUE;
        if (FALSE.contains(text)) return JsonBoolean.FALSE;
        var first = text.charAt(0);
        if (first != '-' && first != '+' && first != '.' && !(first >= '0' && first <= '9')) return new JsonString(text);
        var integer = INTEGER.matcher(text);
        if (integer.matches()) return integer(integer.group(1).equals("-"), integer.group(2).replace("_", ""), text);
        if (DECIMAL.matcher(text).matches()) return decimal(text.replace("_", ""));
        return new JsonString(text);
    }

    private static Json integer(boolean negative, String digits, String text) {
        try {
            long value = magnitude(digits);
            return new JsonInteger(negative ? -value : value);
        } catch (NumberFormatException tooLarge) {
            return DECIMAL.matcher(text).matches() ? decimal(text.replace("_", "")) : new JsonString(text);
        }
    }

    private static long magnitude(String digits) {
        if (digits.startsWith("0x")) return Long.parseLong(digits.substring(2), 16);
        if (digits.startsWith("0b")) return Long.parseLong(digits.substring(2), 2);
        if (digits.startsWith("0o")) return Long.parseLong(digits.substring(2), 8);
        return digits.length() > 1 && digits.startsWith("0") ? Long.parseLong(digits, 8) : Long.parseLong(digits);
    }

    private static Json decimal(String text) {
        double value = Double.parseDouble(text);
        return Double.isFinite(value) ? new JsonDecimal(value) : new JsonString(text);
    }
}
