package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonString;
import java.util.ArrayList;
import java.util.List;

/// Reads the text of one [JsonPath].
final class JsonPathReader {
    private static final List<String> OPERATORS = List.of("==", "!=", "<=", ">=", "<", ">");

    private final String text;
    private int at;

    JsonPathReader(String text) {
        this.text = text;
    }

    JsonPath path() {
        var steps = new ArrayList<JsonPath.Step>();
        while (at < text.length()) {
            switch (text.charAt(at)) {
                case '.' -> {
                    at++;
                    if (at < text.length() && text.charAt(at) == '[') break;
                    if (at < text.length()) steps.add(name());
                }
                case '[' -> steps.add(bracket());
                case '@', '$' -> at++;
                default -> steps.add(name());
            }
        }
        return new JsonPath(List.copyOf(steps));
    }

    private JsonPath.Step name() {
        var name = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '.' && text.charAt(at) != '[') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) at++;
            name.append(text.charAt(at++));
        }
        if (name.isEmpty()) throw new IllegalArgumentException("a name is missing at character " + (at + 1) + " of " + text);
        return name.toString().equals("*") ? new JsonPath.Each() : new JsonPath.Member(name.toString());
    }

    private JsonPath.Step bracket() {
        int end = closing();
        var inner = text.substring(at + 1, end).strip();
        at = end + 1;
        if (inner.equals("*")) return new JsonPath.Each();
        if (inner.startsWith("?(") && inner.endsWith(")")) return filter(inner.substring(2, inner.length() - 1).strip());
        if (inner.startsWith("'") || inner.startsWith("\"")) return new JsonPath.Member(unquoted(inner));
        try {
            return new JsonPath.Element(Integer.parseInt(inner));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("invalid array index " + inner, e);
        }
    }

    /// The bracket that closes the one here; brackets inside quotes do not count.
    private int closing() {
        int depth = 0;
        char quote = 0;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) quote = c == quote ? 0 : quote;
            else if (c == '"' || c == '\'') quote = c;
            else if (c == '[') depth++;
            else if (c == ']' && --depth == 0) return i;
        }
        throw new IllegalArgumentException("unterminated array");
    }

    private static JsonPath.Step filter(String condition) {
        for (var operator : OPERATORS) {
            int where = condition.indexOf(operator);
            if (where > 0) {
                return new JsonPath.Filter(JsonPath.parse(condition.substring(0, where).strip()), operator,
                        literal(condition.substring(where + operator.length()).strip()));
            }
        }
        return new JsonPath.Filter(JsonPath.parse(condition), "", Json.NULL);
    }

    private static Json literal(String text) {
        if (text.startsWith("'") || text.startsWith("\"")) return new JsonString(unquoted(text));
        try {
            return Json.parse(text);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("neither text nor number: " + text, e);
        }
    }

    private static String unquoted(String quoted) {
        if (quoted.length() < 2
                || quoted.charAt(quoted.length() - 1) != quoted.charAt(0)) throw new IllegalArgumentException("unterminated quoted string");
        return quoted.substring(1, quoted.length() - 1);
    }
}
