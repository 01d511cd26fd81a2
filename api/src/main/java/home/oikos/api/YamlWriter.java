package home.oikos.api;

import java.util.TreeMap;
import java.util.regex.Pattern;

/// Writes a tree as YAML in block style.
final class YamlWriter {
    /// Text that may stand without quotes when no reader takes it for another type.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./(<$^;\\\\+=\\-~][^\\x00-\\x1f\\x7f-\\x9f\\ufeff\\u2028\\u2029]*");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{1,2}-\\d{1,2}.*");

    private final StringBuilder out = new StringBuilder();

    String document(Json value) {
        switch (value) {
            case JsonObject object when !object.isEmpty() -> object(object, 0);
            case JsonArray array when !array.isEmpty() -> array(array, 0);
            default -> {
                scalar(value, 0);
                out.append('\n');
            }
        }
        return out.toString();
    }

    private void object(JsonObject object, int indent) {
        boolean first = true;
        for (var member : new TreeMap<>(object.members()).entrySet()) {
            if (!first) out.repeat(' ', indent);
            first = false;
            text(member.getKey(), -1);
            out.append(':');
            member(member.getValue(), indent);
        }
    }

    private void member(Json value, int indent) {
        switch (value) {
            case JsonObject object when !object.isEmpty() -> {
                out.append('\n').repeat(' ', indent + 2);
                object(object, indent + 2);
            }
            case JsonArray array when !array.isEmpty() -> {
                out.append('\n').repeat(' ', indent);
                array(array, indent);
            }
            default -> {
                out.append(' ');
                scalar(value, indent + 2);
                out.append('\n');
            }
        }
    }

    private void array(JsonArray array, int indent) {
        boolean first = true;
        for (var element : array) {
            if (!first) out.repeat(' ', indent);
            first = false;
            out.append("- ");
            switch (element) {
                case JsonObject object when !object.isEmpty() -> object(object, indent + 2);
                case JsonArray inner when !inner.isEmpty() -> array(inner, indent + 2);
                default -> {
                    scalar(element, indent + 2);
                    out.append('\n');
                }
            }
        }
    }

    private void scalar(Json value, int indent) {
        if (value instanceof JsonString(var text)) text(text, indent);
        else out.append(value);
    }

    /// @param indent of a literal block, or -1 where none may stand
    private void text(String text, int indent) {
        if (isPlain(text)) out.append(text);
        else if (indent >= 0 && isBlock(text)) block(text, indent);
        else out.append(new JsonString(text));
    }

    private static boolean isPlain(String text) {
        return PLAIN.matcher(text).matches() && YamlScalars.plain(text) instanceof JsonString && !DATE.matcher(text).matches()
                && !text.contains(": ") && !text.contains(" #") && !text.endsWith(":") && !text.endsWith(" ") && !text.startsWith("- ")
                && !text.equals("-") && !text.startsWith("---") && !text.startsWith("...") && !text.equals("=") && !text.equals("<<");
    }

    private static boolean isBlock(String text) {
        return text.indexOf('\n') > 0 && !text.startsWith(" ") && text.chars().allMatch(c -> c == '\n' || c == '\t' || c >= 0x20
                && c < 0x7f || c > 0xa0
                && c != 0xfeff && c != 0x2028 && c != 0x2029) && text.lines().noneMatch(line -> line.isBlank() && !line.isEmpty());
    }

    private void block(String text, int indent) {
        out.append('|').append(text.endsWith("\n\n") ? "+" : text.endsWith("\n") ? "" : "-");
        var body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        for (var line : body.split("\n", -1)) {
            out.append('\n');
            if (!line.isEmpty()) out.repeat(' ', indent).append(line);
        }
    }
}
